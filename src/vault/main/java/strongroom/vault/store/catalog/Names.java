package strongroom.vault.store.catalog;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a document or folder may be called, which names count as the same, and how a taken name gets a number.
public final class Names {
    /// Longest name, in Unicode code points.
    public static final int LIMIT = 255;
    /// Longest name, in bytes of UTF-8.
    static final int BYTE_LIMIT = 4 * LIMIT;

    private static final int EXTENSION_LIMIT = 16;
    private static final int DEVICE_LIMIT = 40;

    private Names() {}

    /// Why a name is refused, as the end of a sentence; null if it is not.
    public static @Nullable String problem(String name) {
        if (name.isEmpty()) {
            return "is empty";
        }
        if (name.equals(".") || name.equals("..")) {
            return "means a folder itself";
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            return "contains a slash or a NUL";
        }
        if (name.codePointCount(0, name.length()) > LIMIT) {
            return "is longer than " + LIMIT + " characters";
        }
        if (!isAscii(name) && name.codePoints().anyMatch(Names::isLoneSurrogate)) {
            return "is not Unicode";
        }
        return null;
    }

    /// The nearest name that is allowed, for names that come from a file system.
    public static String mend(String name) {
        StringBuilder mended = new StringBuilder();
        name.codePoints()
                .map(c -> isLoneSurrogate(c) ? 0xfffd : c == '/' || c == 0 ? '-' : c)
                .limit(LIMIT)
                .forEach(mended::appendCodePoint);
        String result = mended.toString();
        return result.isEmpty() || result.equals(".") || result.equals("..") ? "unnamed" : result;
    }

    /// Equal for names that would be mixed up: whatever their case, and whether accents are composed or not.
    public static String key(String name) {
        if (isAscii(name)) {
            return name.toLowerCase(Locale.ROOT);
        }
        String folded = Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    private static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /// The first of `name`, `name (2)`, `name (3)`… that is not taken; the number stands before the extension.
    public static String free(String name, Predicate<String> taken) {
        String candidate = name;
        for (int number = 2; taken.test(candidate); number++) {
            candidate = insert(name, " (" + number + ")");
        }
        return candidate;
    }

    /// The name of the second of two versions.
    static String ofConflict(String name, String device, String date) {
        StringBuilder label = new StringBuilder();
        mend(device).codePoints().limit(DEVICE_LIMIT).forEach(label::appendCodePoint);
        return insert(name, " (conflict, " + label + ", " + date + ")");
    }

    private static String insert(String name, String addition) {
        int dot = name.lastIndexOf('.');
        boolean hasExtension = dot > 0 && name.length() - dot <= EXTENSION_LIMIT;
        String stem = hasExtension ? name.substring(0, dot) : name;
        String extension = hasExtension ? name.substring(dot) : "";
        int room = LIMIT - points(addition) - points(extension);
        if (points(stem) > room) {
            stem = stem.substring(0, stem.offsetByCodePoints(0, room));
        }
        return stem + addition + extension;
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
