package strongroom.vault.store.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/// Finds out how bytes were written as text.
final class Characters {
    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final int SAMPLE = 4096;

    private Characters() {}

    /// The text; null if these bytes are not text.
    ///
    /// @param cut whether the bytes are only the beginning, so that the last character may be cut
    static @Nullable String decode(byte[] bytes, boolean cut) {
        if (starts(bytes, 0xFF, 0xFE)) {
            return decode(bytes, StandardCharsets.UTF_16LE);
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return decode(bytes, StandardCharsets.UTF_16BE);
        }
        int zeros = 0;
        int odd = 0;
        int controls = 0;
        int sample = Math.min(SAMPLE, bytes.length);
        for (int i = 0; i < sample; i++) {
            byte b = bytes[i];
            zeros += b == 0 ? 1 : 0;
            odd += b == 0 && (i & 1) == 1 ? 1 : 0;
            controls += b > 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B ? 1 : 0;
        }
        if (zeros > 0) {
            boolean wide = zeros > sample * 2 / 5;
            return wide && odd == zeros
                    ? decode(bytes, StandardCharsets.UTF_16LE)
                    : wide && odd == 0 ? decode(bytes, StandardCharsets.UTF_16BE) : null;
        }
        if (controls > sample / 50) {
            return null;
        }
        return decode(bytes, isUtf8(bytes, cut) ? StandardCharsets.UTF_8 : WESTERN);
    }

    /// The text in this encoding; what does not fit becomes replacement characters.
    static String decode(byte[] bytes, Charset charset) {
        return charset.decode(ByteBuffer.wrap(bytes)).toString();
    }

    /// The encoding of that name; null if this Java platform has none.
    static @Nullable Charset named(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static boolean isUtf8(byte[] bytes, boolean cut) {
        int length = bytes.length;
        for (int back = 0; cut && back < 4 && length > 0 && bytes[length - 1] < 0; back++) {
            length--;
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean starts(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
