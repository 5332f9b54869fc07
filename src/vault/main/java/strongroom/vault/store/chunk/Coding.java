package strongroom.vault.store.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.NotAuthenticException;

/// What is encrypted of a chunk: its bytes, or fewer that stand for them (Zstandard, RFC 8878) where that helps, and
/// zeros behind, so that the length of the ciphertext tells little. An incompressible chunk from the midst of a
/// document has no padding: its length says where the keyed cutter cut, which tells nothing.
///
/// ```
/// uint8   0 as it is, 1 Zstandard
/// uint32  length of what follows
/// bytes
/// zeros
/// ```
final class Coding implements AutoCloseable {
    static final int HEADER = 5;

    private static final byte STORED = 0;
    private static final byte ZSTANDARD = 1;
    /// Below this a frame's own bytes outweigh what it saves.
    private static final int WORTH_TRYING = 64;
    private static final int PROBE = 4 << 10;

    private final Zstandard zstandard = new Zstandard();

    /// @param last whether the document ends with this chunk @return a new array, zeroed by the caller
    byte[] encode(byte[] plaintext, int length, boolean last) {
        boolean tried = length >= WORTH_TRYING && looksCompressible(plaintext, length);
        byte @Nullable [] compressed = tried ? zstandard.compress(plaintext, length) : null;
        int coded = compressed == null ? length : compressed.length;
        boolean padded = last || compressed != null;
        byte[] body = new byte[padded ? Padme.padded(HEADER + coded) : HEADER + coded];
        ByteBuffer out = ByteBuffer.wrap(body);
        out.put(compressed == null ? STORED : ZSTANDARD).putInt(coded);
        out.put(compressed == null ? plaintext : compressed, 0, coded);
        if (compressed != null) {
            Arrays.fill(compressed, (byte) 0);
        }
        return body;
    }

    /// Looks at some bytes from the middle: pictures, archives and office files have used all 256 values up there, text
    /// has not.
    private static boolean looksCompressible(byte[] plaintext, int length) {
        int probe = Math.min(length, PROBE);
        int from = (length - probe) / 2;
        int[] counts = new int[256];
        for (int i = from; i < from + probe; i++) {
            counts[plaintext[i] & 0xff]++;
        }
        double entropy = 0;
        for (int count : counts) {
            if (count > 0) {
                entropy -= count * Math.log((double) count / probe);
            }
        }
        // Of random bytes a sample of that size shows a little less than 8 bits.
        return entropy / Math.log(2) / probe < (probe < PROBE ? 7.0 : 7.8);
    }

    /// Decodes a body that stands in a room behind as many bytes as the plaintext has.
    ///
    /// @param length of the plaintext @param body length of the body
    /// @return where in the room the plaintext is; what it was made of is zeroed
    int decode(byte[] room, int length, int body) throws NotAuthenticException {
        if (body < HEADER) {
            throw new NotAuthenticException();
        }
        ByteBuffer in = ByteBuffer.wrap(room, length, body);
        int method = in.get();
        int coded = in.getInt();
        if (coded < 0 || coded > body - HEADER) {
            throw new NotAuthenticException();
        }
        int from = length + HEADER;
        if (method == STORED && coded == length) {
            return from;
        }
        if (method != ZSTANDARD || !zstandard.decompress(room, from, coded, length)) {
            throw new NotAuthenticException();
        }
        Arrays.fill(room, from, from + coded, (byte) 0);
        return 0;
    }

    /// @param body its beginning @throws NotAuthenticException if it is not the plaintext itself, that long
    static void expectStored(byte[] body, int length) throws NotAuthenticException {
        ByteBuffer in = ByteBuffer.wrap(body);
        if (in.get() != STORED || in.getInt() != length) {
            throw new NotAuthenticException();
        }
    }

    @Override
    public void close() {
        zstandard.close();
    }
}
