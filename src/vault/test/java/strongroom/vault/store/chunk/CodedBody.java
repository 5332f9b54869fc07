package strongroom.vault.store.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.NotAuthenticException;

/// Opens the body of a chunk for tests of other packages.
public final class CodedBody {
    private static final int MOST = 1 << 16;

    private CodedBody() {}

    /// @return what {@link #decode} reads: the length of the clear text in two bytes, and its body
    public static byte[] encode(byte[] plaintext) {
        try (Coding coding = new Coding();
                Coding.Body body = coding.encode(plaintext, plaintext.length, true)) {
            return ByteBuffer.allocate(Short.BYTES + body.length())
                    .putShort((short) plaintext.length)
                    .put(body.bytes(), 0, body.length())
                    .array();
        }
    }

    /// @return null if it was refused
    public static byte @Nullable [] decode(byte[] bytes) {
        if (bytes.length < Short.BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int length = in.getShort() & MOST - 1;
        int body = in.remaining();
        byte[] room = new byte[length + body];
        in.get(room, length, body);
        try (Coding coding = new Coding()) {
            int from = coding.decode(room, length, body);
            return Arrays.copyOfRange(room, from, from + length);
        } catch (NotAuthenticException e) {
            return null;
        }
    }
}
