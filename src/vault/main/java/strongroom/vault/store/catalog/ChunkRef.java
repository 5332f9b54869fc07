package strongroom.vault.store.catalog;

import strongroom.protocol.Digest;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// One chunk of a document.
///
/// @param id HMAC of the plaintext under a key of the vault
/// @param length of the plaintext, in bytes
public record ChunkRef(Digest id, int length) {
    /// Refuses lengths that no chunk can have.
    public ChunkRef {
        if (length < 1 || length > Wire.CHUNK_LIMIT) {
            throw new IllegalArgumentException("no chunk has that length");
        }
    }

    static ChunkRef read(CanonicalReader in) throws MalformedException {
        Digest id = Digest.read(in);
        int length = in.uint32(Wire.CHUNK_LIMIT);
        if (length < 1) {
            throw new MalformedException("empty chunk");
        }
        return new ChunkRef(id, length);
    }

    void write(CanonicalWriter out) {
        id.write(out);
        out.uint32(length);
    }
}
