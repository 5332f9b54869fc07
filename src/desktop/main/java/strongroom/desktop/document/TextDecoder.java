package strongroom.desktop.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out how bytes were written as text, and cuts them into lines.
final class TextDecoder {
    /// A longer line is cut, so that a file of one line of megabytes does not stop the window.
    private static final int LONGEST_LINE = 1000;

    private static final int MOST_LINES = 200_000;
    private static final int SAMPLE = 8192;

    private TextDecoder() {}

    /// The text, or null if these bytes are not text.
    ///
    /// @param cut whether the bytes are only the beginning, so that the last character may be cut
    static @Nullable List<String> lines(byte[] bytes, boolean cut) {
        Charset charset = charset(bytes, cut);
        if (charset == null) {
            return null;
        }
        int mark = markLength(bytes, charset);
        CharBuffer text = decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark), charset);
        return cutIntoLines(text);
    }

    private static @Nullable Charset charset(byte[] bytes, boolean cut) {
        if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (starts(bytes, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        int sample = Math.min(bytes.length, SAMPLE);
        int[] zeros = new int[2];
        int controls = 0;
        for (int i = 0; i < sample; i++) {
            int b = bytes[i] & 0xFF;
            if (b == 0) {
                zeros[i & 1]++;
            } else if (b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B) {
                controls++;
            }
        }
        if (zeros[0] + zeros[1] > 0) {
            return wide(zeros, sample);
        }
        if (controls > sample / 50) {
            return null;
        }
        if (isUtf8(bytes, cut)) {
            return StandardCharsets.UTF_8;
        }
        return Charset.forName("windows-1252");
    }

    /// Without a mark, text in UTF-16 shows by zeros that are nearly all at odd, or all at even places.
    private static @Nullable Charset wide(int[] zeros, int sample) {
        if (zeros[1] > sample * 2 / 5 && zeros[0] <= sample / 50) {
            return StandardCharsets.UTF_16LE;
        }
        if (zeros[0] > sample * 2 / 5 && zeros[1] <= sample / 50) {
            return StandardCharsets.UTF_16BE;
        }
        return null;
    }

    private static boolean isUtf8(byte[] bytes, boolean cut) {
        int length = bytes.length;
        if (cut) {
            for (int back = 0; back < 3 && length > 0 && (bytes[length - 1] & 0xC0) == 0x80; back++) {
                length--;
            }
            length = Math.max(0, length - 1);
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

    private static CharBuffer decode(ByteBuffer bytes, Charset charset) {
        return charset.decode(bytes);
    }

    private static List<String> cutIntoLines(CharBuffer text) {
        List<String> lines = new ArrayList<>();
        int length = text.length();
        int start = 0;
        for (int i = 0; i <= length && lines.size() < MOST_LINES; i++) {
            boolean end = i == length || text.charAt(i) == '\n' || text.charAt(i) == '\r';
            boolean tooLong = i - start >= LONGEST_LINE && !Character.isLowSurrogate(i < length ? text.charAt(i) : 0);
            if (end || tooLong) {
                if (i < length || i > start) {
                    lines.add(printable(text.subSequence(start, i)));
                }
                if (end && i + 1 < length && text.charAt(i) == '\r' && text.charAt(i + 1) == '\n') {
                    i++;
                }
                start = end ? i + 1 : i;
            }
        }
        return lines;
    }

    /// Tabs become room; other control characters would be drawn as nothing, or as boxes of any width.
    private static String printable(CharBuffer line) {
        var shown = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\t') {
                shown.append("    ");
            } else {
                shown.append(Character.isISOControl(c) ? '\uFFFD' : c);
            }
        }
        return shown.toString();
    }

    private static int markLength(byte[] bytes, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return starts(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        }
        return starts(bytes, 0xFF, 0xFE) || starts(bytes, 0xFE, 0xFF) ? 2 : 0;
    }

    private static boolean starts(byte[] bytes, int... with) {
        if (bytes.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((bytes[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
