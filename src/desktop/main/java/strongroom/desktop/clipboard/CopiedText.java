package strongroom.desktop.clipboard;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.work.Later;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.LockReason;

/// Text that a user copied out of a document. On the clipboard it is in clear and any program can read it, so it is
/// taken back after a while and at a lock, unless somebody else's content has taken its place. Going to another
/// program is what one copies for: a lock by that alone leaves the text there for the rest of its time. On the thread
/// of the window.
public final class CopiedText implements AutoCloseable {
    /// How long it stays.
    public static final Duration STAYS = Duration.ofSeconds(45);

    /// Says which copy it is, so that no other program's content is ever cleared, and no copy kept for comparison.
    private static final DataFormat MARK = format("application/x-strongroom-copy");

    /// Asks programs that keep a history of the clipboard to leave this out, as password managers do.
    private static final DataFormat NO_HISTORY = format("x-kde-passwordManagerHint");

    private final Later later;
    private @Nullable String mine;

    /// @param later runs on the thread of the window
    public CopiedText(Later later) {
        this.later = later;
    }

    /// Puts text on the clipboard.
    public void put(String text) {
        String mark = UUID.randomUUID().toString();
        var content = new ClipboardContent();
        content.putString(text);
        content.put(MARK, mark);
        content.put(NO_HISTORY, "secret");
        if (Clipboard.getSystemClipboard().setContent(content)) {
            mine = mark;
            later.after(STAYS, () -> {
                if (mark.equals(mine)) {
                    takeBack();
                }
            });
        }
    }

    /// Follows the lock.
    public void follow(ClientState now) {
        if (now instanceof ClientState.Wiped || now instanceof ClientState.Locked locked && !leftByChoice(locked)) {
            takeBack();
        }
    }

    @Override
    public void close() {
        takeBack();
    }

    private void takeBack() {
        Clipboard clipboard = Clipboard.getSystemClipboard();
        if (mine != null && clipboard.hasContent(MARK) && Objects.equals(mine, clipboard.getContent(MARK))) {
            clipboard.clear();
        }
        mine = null;
    }

    private static boolean leftByChoice(ClientState.Locked locked) {
        return locked.reason() == LockReason.FOCUS_LOST || locked.reason() == LockReason.MINIMISED;
    }

    private static DataFormat format(String type) {
        DataFormat known = DataFormat.lookupMimeType(type);
        return known != null ? known : new DataFormat(type);
    }
}
