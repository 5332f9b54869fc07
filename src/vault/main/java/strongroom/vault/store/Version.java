package strongroom.vault.store;

import java.time.Instant;
import strongroom.protocol.Id;

/// An earlier content of a document.
///
/// @param revision names it
/// @param number 1 for the first content of the document
/// @param size in bytes
/// @param modified when it last changed, as its source said
/// @param replaced when the next one took its place, by the clock of the device that saved it
/// @param local whether all of it is on this device
public record Version(Id revision, int number, long size, Instant modified, Instant replaced, boolean local) {}
