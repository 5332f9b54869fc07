package strongroom.vault.store;

import java.time.Instant;
import strongroom.protocol.Id;

/// A document or a folder of an open vault.
///
/// @param id stable over renames and moves
/// @param parent the folder it is in; the root is its own parent
/// @param folder whether it holds entries instead of content
/// @param name never empty except for the root
/// @param size of the content in bytes; 0 for a folder
/// @param modified when the content last changed, as its source said; for a folder when it was made
/// @param added when it came into the vault
/// @param version 1 for the first content; 0 for a folder
/// @param conflict whether it is the second of two versions made at the same time on two devices
/// @param local whether all of its content is on this device
public record Item(
        Id id,
        Id parent,
        boolean folder,
        String name,
        long size,
        Instant modified,
        Instant added,
        int version,
        boolean conflict,
        boolean local) {}
