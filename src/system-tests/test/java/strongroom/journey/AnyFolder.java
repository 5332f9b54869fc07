package strongroom.journey;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/// Folders as people have them: documents of many kinds, names in all scripts, and things that went wrong.
final class AnyFolder {
    private static final List<String> ENDINGS =
            List.of("docx", "xlsx", "pptx", "pdf", "jpg", "zip", "csv", "eml", "bin");
    private static final List<String> NAMES = List.of(
            " starts with a blank",
            "ends with a dot.",
            "two  blanks",
            "-rf",
            "--help",
            "$HOME `id` $(id)",
            "'; drop table documents; --",
            "<img src=x onerror=alert(1)>",
            "%s%n%x {0} ${1}",
            "C:\\Temp\\con",
            "nul",
            "line\nbreak",
            "tab\tstop",
            "bell\u0007",
            "Ünïcödé ß ﬀ",
            "e\u0301 decomposed",
            "田中さんにあげて下さい",
            "הָיְתָה שָׁרָשׁ",
            "مُنَاقَشَةُ سُبُلِ",
            "exe\u202Efdp.txt",
            "zero\u200Bwidth",
            "👩🏽 family 👨‍👩‍👦",
            "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
            "report.txt",
            "REPORT.TXT",
            "Report (2).txt",
            "n".repeat(200));

    private AnyFolder() {}

    static Path ofEverything(Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("Everything & more"));
        Files.writeString(folder.resolve("A plain text.txt"), "What a person reads first.\n".repeat(40));
        byte[] picture = picture();
        Files.write(folder.resolve("A picture.png"), picture);
        byte[] contract = contract();
        Files.write(folder.resolve("A contract.pdf"), contract);
        brokenOnes(folder, picture);
        Path names = Files.createDirectory(folder.resolve("Names"));
        for (String name : NAMES) {
            Files.writeString(names.resolve(name), "named " + name);
        }
        Random random = new Random(5);
        Path deep = folder;
        for (int i = 0; i < 160; i++) {
            if (i % 40 == 0) {
                deep = Files.createDirectory(deep.resolve("Level " + i));
            }
            String ending = ENDINGS.get(i % ENDINGS.size());
            Files.write(deep.resolve("Document " + i + "." + ending), content(random, ending, picture));
        }
        return folder;
    }

    static Path ofOneEmptyDocument(Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("One"));
        Files.createFile(folder.resolve("empty.txt"));
        return folder;
    }

    /// The larger ones, so that the journey meets them before it finds those that are well.
    private static void brokenOnes(Path folder, byte[] picture) throws IOException {
        Files.write(folder.resolve("Aborted download.png"), padded(Arrays.copyOf(picture, picture.length / 3)));
        Files.write(folder.resolve("Aborted download.pdf"), padded("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII)));
        Files.write(folder.resolve("Not a text.txt"), padded(new byte[] {0, 1, 2, 3}));
        Files.createFile(folder.resolve("Nothing in it.docx"));
    }

    private static byte[] padded(byte[] start) {
        byte[] noise = new byte[start.length + 200_000];
        new Random(7).nextBytes(noise);
        System.arraycopy(start, 0, noise, 0, start.length);
        return noise;
    }

    private static byte[] content(Random random, String ending, byte[] picture) throws IOException {
        byte[] noise = new byte[200 + random.nextInt(30_000)];
        random.nextBytes(noise);
        return switch (ending) {
            case "docx", "xlsx", "pptx", "zip" -> zipped(noise);
            case "jpg" -> picture;
            case "csv" -> "item;price\nchair;80\n".repeat(noise.length / 20).getBytes(StandardCharsets.UTF_8);
            case "eml" ->
                ("Subject: Stühle\r\n\r\n" + "Text. ".repeat(noise.length / 6)).getBytes(StandardCharsets.ISO_8859_1);
            default -> noise;
        };
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("content.xml"));
            zip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        for (int i = 0; i < 60_000; i++) {
            image.setRGB(i % 300, i / 300, (i % 300) << 16 | (i / 300) << 8 | random.nextInt(64));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static byte[] contract() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage(PDRectangle.A4));
            document.addPage(new PDPage(PDRectangle.A4));
            document.save(out);
        }
        return out.toByteArray();
    }
}
