package strongroom.desktop.document;

import java.util.Locale;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.vault.client.Entry;

/// What a document is by its name, as lists show it. The viewer looks at the content itself.
public enum DocumentKind {
    /// Holds others.
    FOLDER("folder", Feather.FOLDER, ""),
    /// Portable Document Format.
    PDF("pdf", Feather.FILE_TEXT, "pdf"),
    /// Pictures, viewable or not.
    IMAGE("image", Feather.IMAGE, "png jpg jpeg gif bmp tif tiff webp svg heic ico"),
    /// Plain text.
    TEXT("text", Feather.ALIGN_LEFT, "txt md log rtf text adoc rst"),
    /// Text for machines.
    CODE("code", Feather.CODE, "xml json html css js java py sh yml yaml toml ini sql"),
    /// Written documents of office programs.
    WRITTEN("written", Feather.FILE, "doc docx odt pages"),
    /// Tables.
    SHEET("sheet", Feather.GRID, "xls xlsx ods csv tsv numbers"),
    /// Slides.
    SLIDES("slides", Feather.MONITOR, "ppt pptx odp key"),
    /// Messages.
    MAIL("mail", Feather.MAIL, "eml msg mbox"),
    /// Archives.
    ARCHIVE("archive", Feather.ARCHIVE, "zip 7z tar gz tgz rar xz bz2"),
    /// Sound.
    AUDIO("audio", Feather.MUSIC, "mp3 m4a wav flac ogg opus"),
    /// Moving pictures.
    VIDEO("video", Feather.FILM, "mp4 mov mkv avi webm"),
    /// Anything else.
    OTHER("other", Feather.FILE, "");

    private final String key;
    private final Feather icon;
    private final String endings;

    DocumentKind(String key, Feather icon, String endings) {
        this.key = key;
        this.icon = icon;
        this.endings = endings;
    }

    /// The kind of an entry.
    public static DocumentKind of(Entry entry) {
        return entry.isFolder() ? FOLDER : of(entry.name());
    }

    /// The kind of a document by the ending of its name.
    public static DocumentKind of(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (ending.isEmpty() || ending.contains(" ")) {
            return OTHER;
        }
        for (DocumentKind kind : values()) {
            if ((" " + kind.endings + " ").contains(" " + ending + " ")) {
                return kind;
            }
        }
        return OTHER;
    }

    /// What people call it.
    public String label() {
        return Text.of("kind." + key);
    }

    /// Its icon.
    public Ikon icon() {
        return icon;
    }

    /// The name of its style, for colours.
    public String style() {
        return "kind-" + key;
    }
}
