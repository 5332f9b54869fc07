package strongroom.vault.store.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    /// The first byte of a body that is the plaintext itself.
    static final byte STORED = 0;

    private static final byte ZSTANDARD = 1;
    /// Below this a frame's own bytes outweigh what it saves.
    private static final int WORTH_TRYING = 64;
    private static final int PROBE = 4 << 10;

    private final Zstandard zstandard = new Zstandard();
    /// As many as threads were at it at a time: new memory for each chunk takes longer to fetch than to fill.
    private final Queue<byte[]> idle = new ConcurrentLinkedQueue<>();

    /// The body of a chunk, until it is closed.
    final class Body implements AutoCloseable {
        private final byte[] bytes;
        private final int length;
        private final int written;

        private Body(byte[] bytes, int length, int written) {
            this.bytes = bytes;
            this.length = length;
            this.written = written;
        }

        /// Begins with the body.
        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        /// Zeroes it.
        @Override
        public void close() {
            Arrays.fill(bytes, 0, written, (byte) 0);
            idle.add(bytes);
        }
    }

    /// @param last whether the document ends with this chunk @return closed by the caller
    Body encode(byte[] plaintext, int length, boolean last) {
        byte[] room = room(HEADER + Math.max(Zstandard.bound(length), Padme.padded(HEADER + length)));
        boolean tried = length >= WORTH_TRYING && looksCompressible(plaintext, length);
        int compressed = tried ? zstandard.compress(plaintext, length, room, HEADER) : -1;
        boolean stored = compressed < 0;
        int coded = stored ? length : compressed;
        ByteBuffer.wrap(room).put(stored ? STORED : ZSTANDARD).putInt(coded);
        if (stored) {
            System.arraycopy(plaintext, 0, room, HEADER, length);
        }
        int body = last || !stored ? Padme.padded(HEADER + coded) : HEADER + coded;
        int written = tried ? HEADER + Zstandard.bound(length) : HEADER + coded;
        Arrays.fill(room, HEADER + coded, Math.max(body, written), (byte) 0);
        return new Body(room, body, HEADER + coded);
    }

    private byte[] room(int wanted) {
        byte[] used = idle.poll();
        return used == null || used.length < wanted ? new byte[wanted] : used;
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

    /// Whether a body is the plaintext itself, that long. @param body its beginning
    static boolean isStored(byte[] body, int length) {
        ByteBuffer in = ByteBuffer.wrap(body);
        return in.get() == STORED && in.getInt() == length;
    }

    @Override
    public void close() {
        zstandard.close();
    }
}
