package strongroom.vault.store.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
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
final class Coding {
    static final int HEADER = 5;

    private static final byte STORED = 0;
    private static final byte ZSTANDARD = 1;
    private static final int LEVEL = 3;
    /// Below this a frame's own bytes outweigh what it saves.
    private static final int WORTH_TRYING = 64;
    private static final int PROBE = 4 << 10;

    private Coding() {}

    /// @param last whether the document ends with this chunk @return a new array, zeroed by the caller
    static byte[] encode(byte[] plaintext, int length, boolean last) {
        byte[] compressed = compress(plaintext, length);
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

    /// @return null if it does not help
    private static byte @Nullable [] compress(byte[] plaintext, int length) {
        if (length < WORTH_TRYING || !looksCompressible(plaintext, length)) {
            return null;
        }
        byte[] room = new byte[(int) Zstd.compressBound(length)];
        long size = Zstd.compressByteArray(room, 0, room.length, plaintext, 0, length, LEVEL);
        byte[] compressed = Zstd.isError(size) || size > length - length / 16 ? null : Arrays.copyOf(room, (int) size);
        Arrays.fill(room, (byte) 0);
        return compressed;
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

    /// @param length of the plaintext @return a new array
    static byte[] decode(byte[] body, int length) throws NotAuthenticException {
        if (body.length < HEADER) {
            throw new NotAuthenticException();
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        int method = in.get();
        int coded = in.getInt();
        if (coded < 0 || coded > body.length - HEADER) {
            throw new NotAuthenticException();
        }
        byte[] plaintext = new byte[length];
        if (method == STORED && coded == length) {
            System.arraycopy(body, HEADER, plaintext, 0, length);
            return plaintext;
        }
        if (method != ZSTANDARD || !decompress(body, coded, plaintext)) {
            throw new NotAuthenticException();
        }
        return plaintext;
    }

    private static boolean decompress(byte[] body, int coded, byte[] plaintext) {
        try {
            return Zstd.decompressByteArray(plaintext, 0, plaintext.length, body, HEADER, coded) == plaintext.length;
        } catch (ZstdException e) {
            return false;
        }
    }
}
