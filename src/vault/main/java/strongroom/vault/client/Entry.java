package strongroom.vault.client;

import java.time.Instant;
import strongroom.protocol.Id;

/// A document or a folder as lists show it.
///
/// @param id stable over renames and moves
/// @param parent the folder it is in; the root is its own parent
/// @param kind document or folder
/// @param name shown name, never empty except for the root
/// @param size of the content in bytes; 0 for a folder
/// @param modified when the content last changed, as its source said
/// @param added when it came into the vault
/// @param version 1 for the first content; 0 for a folder
/// @param conflict whether this is the second of two versions made at the same time on two devices
/// @param local whether its content is on this device
public record Entry(
        Id id,
        Id parent,
        Kind kind,
        String name,
        long size,
        Instant modified,
        Instant added,
        int version,
        boolean conflict,
        boolean local) {
    /// What an entry is.
    public enum Kind {
        /// Holds content.
        DOCUMENT,
        /// Holds entries.
        FOLDER
    }

    /// Whether it holds entries.
    public boolean isFolder() {
        return kind == Kind.FOLDER;
    }
}
