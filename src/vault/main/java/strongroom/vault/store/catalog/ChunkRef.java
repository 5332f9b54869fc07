package strongroom.vault.store.catalog;

import java.util.ArrayList;
import java.util.List;
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
    /// Of one in a list, in bytes.
    public static final int SIZE = Digest.SIZE + Integer.BYTES;

    /// Refuses lengths that no chunk can have.
    public ChunkRef {
        if (length < 1 || length > Wire.CHUNK_LIMIT) {
            throw new IllegalArgumentException("no chunk has that length");
        }
    }

    /// What the chunks of a listed content hold.
    public static byte[] toByteArray(List<ChunkRef> chunks) {
        CanonicalWriter out = new CanonicalWriter();
        chunks.forEach(chunk -> chunk.write(out));
        return out.toByteArray();
    }

    /// Reads what {@link #toByteArray} wrote.
    public static List<ChunkRef> listOf(byte[] bytes) throws MalformedException {
        CanonicalReader in = new CanonicalReader(bytes);
        List<ChunkRef> chunks = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += SIZE) {
            chunks.add(read(in));
        }
        in.end();
        return chunks;
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
