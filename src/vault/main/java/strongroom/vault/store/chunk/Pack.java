package strongroom.vault.store.chunk;

import strongroom.protocol.Id;

/// A file of chunks.
///
/// @param id random: part of the file's name @param side who wrote it
public record Pack(Id id, Side side) {
    String fileName() {
        return side.prefix() + id + ".pack";
    }
}
