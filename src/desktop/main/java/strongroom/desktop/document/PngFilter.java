package strongroom.desktop.document;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/// Leaves of a PNG only the chunks that make its picture. The others (profiles, texts, times) are where decoders were
/// attacked: a length of gigabytes, a compressed text that grows without end.
final class PngFilter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private PngFilter() {}

    static boolean isPng(byte[] bytes) {
        return bytes.length > SIGNATURE.length
                && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /// @throws BrokenDocumentException if a chunk is longer than what there is
    static byte[] essential(byte[] png) throws BrokenDocumentException {
        var kept = new ByteArrayOutputStream(png.length);
        kept.writeBytes(SIGNATURE);
        ByteBuffer in = ByteBuffer.wrap(png);
        in.position(SIGNATURE.length);
        while (in.remaining() >= 12) {
            int start = in.position();
            int length = in.getInt();
            byte[] type = new byte[4];
            in.get(type);
            if (length < 0 || length > in.remaining() - 4) {
                throw new BrokenDocumentException("viewer.broken");
            }
            in.position(in.position() + length + 4);
            String name = new String(type, StandardCharsets.US_ASCII);
            if (KEPT.contains(name)) {
                kept.write(png, start, length + 12);
            }
            if (name.equals("IEND")) {
                break;
            }
        }
        return kept.toByteArray();
    }
}
