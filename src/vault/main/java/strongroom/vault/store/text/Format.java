package strongroom.vault.store.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// How content is written, told by its first bytes and, for text, by the name.
enum Format {
    /// Portable Document Format.
    PDF,
    /// An archive: the files of office programs are such.
    ZIP,
    /// A message as it is sent (RFC 5322).
    MAIL,
    /// A web page.
    HTML,
    /// Text in any encoding, if it is text at all.
    TEXT,
    /// Known to hold no text that can be read here.
    NONE;

    private static final Set<String> NOT_TEXT = Set.of(
            "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "heic", "ico", "mp3", "m4a", "wav", "flac",
            "ogg", "mp4", "mov", "mkv", "avi", "webm", "7z", "gz", "tgz", "rar", "xz", "bz2", "exe", "dll", "iso");
    private static final int PDF_SEARCHED = 1024;

    static Format of(String name, byte[] content) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (starts(content, "PK\u0003\u0004") || starts(content, "PK\u0005\u0006")) {
            return ZIP;
        }
        if (head(content, PDF_SEARCHED).contains("%PDF-")) {
            return PDF;
        }
        if (NOT_TEXT.contains(ending) || starts(content, "{\\rtf")) {
            return NONE;
        }
        String head = head(content, 512).stripLeading().toLowerCase(Locale.ROOT);
        if (Set.of("html", "htm", "xhtml").contains(ending)
                || head.startsWith("<!doctype html")
                || head.startsWith("<html")) {
            return HTML;
        }
        return Set.of("eml", "mht", "mhtml").contains(ending) ? MAIL : TEXT;
    }

    /// Whether reading it is one plain pass over the bytes, which cannot get stuck.
    boolean isPlain() {
        return this == TEXT || this == HTML || this == NONE;
    }

    private static boolean starts(byte[] content, String with) {
        return head(content, with.length()).equals(with);
    }

    private static String head(byte[] content, int length) {
        return new String(content, 0, Math.min(content.length, length), StandardCharsets.ISO_8859_1);
    }
}
