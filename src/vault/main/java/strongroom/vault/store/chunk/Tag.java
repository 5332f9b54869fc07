package strongroom.vault.store.chunk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import strongroom.protocol.Digest;

/// What stands before a chunk's ciphertext in its pack, so that its place is found again if the database is lost: the
/// first bytes of a hash of the chunk's name. It does not lead back to the name: who removes the name everywhere has
/// removed the key.
///
/// @param high first eight bytes @param low the next eight
public record Tag(long high, long low) {
    /// Size in bytes.
    public static final int SIZE = 2 * Long.BYTES;

    private static final byte[] LABEL = "strongroom chunk tag v2".getBytes(StandardCharsets.US_ASCII);

    /// The tag of a chunk.
    public static Tag of(Digest chunk) {
        return new Maker().of(chunk.toByteArray(), 0);
    }

    static Tag read(ByteBuffer in) {
        return new Tag(in.getLong(), in.getLong());
    }

    void write(ByteBuffer out) {
        out.putLong(high).putLong(low);
    }

    /// Makes many tags. One thread at a time.
    public static final class Maker {
        private final MessageDigest sha256;

        /// Ready to make tags.
        public Maker() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /// @param bytes hold a chunk's name from `offset` on
        public Tag of(byte[] bytes, int offset) {
            sha256.update(LABEL);
            sha256.update(bytes, offset, Digest.SIZE);
            return read(ByteBuffer.wrap(sha256.digest()));
        }
    }
}
