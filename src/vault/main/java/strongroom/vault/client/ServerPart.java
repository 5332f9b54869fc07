package strongroom.vault.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the organisation's server has to do with unlocking.
///
/// @param asked whether it takes part at all
/// @param offlineUntil how long it need not be asked; null if it is asked each time
public record ServerPart(boolean asked, @Nullable Instant offlineUntil) {
    static final ServerPart NONE = new ServerPart(false, null);
}
