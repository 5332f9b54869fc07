package strongroom.vault.store.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/// Small documents of each kind, as the programs of an office write them.
public final class Samples {
    private Samples() {}

    /// An archive of these parts.
    public static byte[] zip(Map<String, String> parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> part : new TreeMap<>(parts).entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /// A text document. @param runs put into the first paragraph, as a word processor cuts words into runs
    public static byte[] docx(String... runs) throws IOException {
        StringBuilder body = new StringBuilder();
        for (String run : runs) {
            body.append("<w:r><w:rPr><w:b/></w:rPr><w:t>").append(run).append("</w:t></w:r>");
        }
        String w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        return zip(Map.of(
                "[Content_Types].xml",
                "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
                "word/document.xml",
                "<?xml version='1.0' encoding='UTF-8'?><w:document xmlns:w='" + w + "'><w:body><w:p>" + body
                        + "</w:p><w:p><w:r><w:t>second</w:t><w:tab/><w:t>paragraph</w:t></w:r></w:p></w:body></w:document>",
                "word/styles.xml",
                "<w:styles xmlns:w='" + w + "'><w:t>invisiblestyle</w:t></w:styles>",
                "docProps/core.xml",
                "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>Titelblatt</dc:title></cp:coreProperties>"));
    }

    /// A table with a shared text, one of its own, and a number.
    public static byte[] xlsx(String shared, String inline, String number) throws IOException {
        return zip(Map.of(
                "xl/sharedStrings.xml",
                "<sst><si><t>" + shared + "</t></si></sst>",
                "xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row><c t='s'><v>99991</v></c><c t='inlineStr'><is><t>" + inline
                        + "</t></is></c><c><v>" + number + "</v></c></row></sheetData></worksheet>"));
    }

    /// One slide with notes.
    public static byte[] pptx(String text, String notes) throws IOException {
        return zip(Map.of(
                "ppt/slides/slide1.xml",
                "<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>" + text + "</a:t></a:r></a:p></p:sld>",
                "ppt/notesSlides/notesSlide1.xml",
                "<p:notes xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>" + notes + "</a:t></a:r></a:p></p:notes>"));
    }

    /// An OpenDocument text.
    public static byte[] odt(String paragraph) throws IOException {
        return zip(Map.of(
                "mimetype",
                "application/vnd.oasis.opendocument.text",
                "content.xml",
                "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
                        + " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:automatic-styles>style"
                        + "</office:automatic-styles><office:body><office:text><text:p>" + paragraph
                        + "</text:p><text:p>Ende</text:p></office:text></office:body></office:document-content>"));
    }

    /// A PDF of pages with one line each. @param password to open it; empty for none
    public static byte[] pdf(String password, String... pages) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            for (String line : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    content.newLineAtOffset(72, 700);
                    content.showText(line);
                    content.endText();
                }
            }
            if (!password.isEmpty()) {
                StandardProtectionPolicy policy =
                        new StandardProtectionPolicy("owner", password, new AccessPermission());
                policy.setEncryptionKeyLength(128);
                document.protect(policy);
            }
            document.save(out);
        }
        return out.toByteArray();
    }
}
