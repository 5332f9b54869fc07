package strongroom.vault.store.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The text of the files of office programs: archives of XML, as ECMA-376 (DOCX, XLSX, PPTX) and ISO 26300
/// (OpenDocument) say. Archives are read from front to back, so a directory at the end that lies is of no use to
/// anybody. Other archives have no text.
final class OfficeText {
    private static final Pattern WORDS = Pattern.compile(
            "word/(document|footnotes|endnotes|comments|header\\d*|footer\\d*)\\.xml"
                    + "|ppt/(slides/slide\\d+|notesSlides/notesSlide\\d+|comments/comment\\d+)\\.xml"
                    + "|xl/(sharedStrings|worksheets/[^/]+|comments\\d*)\\.xml"
                    + "|docprops/core\\.xml|content\\.xml|meta\\.xml",
            Pattern.CASE_INSENSITIVE);

    private OfficeText() {}

    /// @throws IOException if the archive or a part of it is broken, or a limit is reached
    static void read(byte[] archive, TextSink sink, Budget budget) throws IOException {
        boolean encrypted = false;
        try (ZipInputStream parts = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
                budget.part();
                InputStream content = budget.counting(parts);
                String name = part.getName().toLowerCase(Locale.ROOT);
                encrypted |= name.equals("meta-inf/manifest.xml") && says(content, "encryption-data");
                if (!encrypted && WORDS.matcher(name).matches()) {
                    OfficeXml.read(content, sink, budget);
                    sink.gap();
                } else {
                    content.transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (IllegalArgumentException e) {
            // A name that is not text in the encoding it claims.
            throw new IOException("not an archive", e);
        }
        if (encrypted) {
            throw new GivenUpException(Extraction.Why.PROTECTED);
        }
    }

    private static boolean says(InputStream content, String word) throws IOException {
        return Characters.decode(content.readNBytes(1 << 20), StandardCharsets.UTF_8)
                .contains(word);
    }
}
