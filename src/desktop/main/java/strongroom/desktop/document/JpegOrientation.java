package strongroom.desktop.document;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads from a JPEG how the camera was held; without it half of all photos lie on their side.
final class JpegOrientation {
    private static final int UPRIGHT = 1;
    private static final int APP1 = 0xFFE1;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final int EXIF = 0x45786966;
    private static final int TAG = 0x0112;

    private JpegOrientation() {}

    /// 1 to 8, as in EXIF; 1 if it does not say.
    static int of(byte[] jpeg) {
        ByteBuffer in = ByteBuffer.wrap(jpeg);
        if (in.remaining() < 4 || (in.getShort() & 0xFFFF) != 0xFFD8) {
            return UPRIGHT;
        }
        while (in.remaining() >= 4) {
            int marker = in.getShort() & 0xFFFF;
            int length = (in.getShort() & 0xFFFF) - 2;
            if (marker == START_OF_SCAN || length < 0 || length > in.remaining()) {
                return UPRIGHT;
            }
            if (marker == APP1 && length >= 14 && in.getInt(in.position()) == EXIF) {
                return fromTiff(in.slice(in.position() + 6, length - 6));
            }
            in.position(in.position() + length);
        }
        return UPRIGHT;
    }

    private static int fromTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return UPRIGHT;
        }
        int count = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < count && directory + 14 + 12L * i <= tiff.limit(); i++) {
            int field = directory + 2 + 12 * i;
            if ((tiff.getShort(field) & 0xFFFF) == TAG) {
                int value = tiff.getShort(field + 8) & 0xFFFF;
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
