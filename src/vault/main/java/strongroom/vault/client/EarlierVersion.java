package strongroom.vault.client;

import java.time.Instant;
import strongroom.protocol.Id;

/// What a document was before.
///
/// @param revision names it @param number 1 for the first content of the document @param size in bytes
/// @param modified when the content last changed, as its source said
/// @param replaced when the next one took its place @param local whether it is on this device
public record EarlierVersion(Id revision, int number, long size, Instant modified, Instant replaced, boolean local) {}
