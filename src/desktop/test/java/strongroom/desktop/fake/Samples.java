package strongroom.desktop.fake;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import strongroom.protocol.Id;
import strongroom.vault.client.ClientException;

/// Documents as an office has them, made here so that none has to be shipped.
public final class Samples {
    private Samples() {}

    /// Fills a library.
    public static void fill(FakeLibrary library, Instant now) {
        try {
            Id root = library.root().id();
            Id clients = library.makeFolder(root, "Clients").id();
            library.makeFolder(root, "Board papers");
            Id finance = library.makeFolder(root, "Finance 2026").id();
            Id byron = library.makeFolder(clients, "Byron estate").id();
            library.makeFolder(byron, "Correspondence");
            library.makeFolder(clients, "Babbage engines");
            library.put(root, "Engagement letter.pdf", pdf("Engagement letter", 3), now.minus(Duration.ofHours(2)));
            library.put(root, "Meeting notes.md", notes(), now.minus(Duration.ofHours(5)));
            library.put(root, "Site photograph.png", picture(1600, 1067), now.minus(Duration.ofDays(1)));
            library.put(root, "Payroll November.csv", table(), now.minus(Duration.ofDays(4)));
            library.put(root, "Shareholder agreement.docx", new byte[48_200], now.minus(Duration.ofDays(8)));
            library.put(root, "Shareholder agreement (conflict).docx", new byte[48_911], now.minus(Duration.ofDays(8)));
            library.put(root, "Budget.xlsx", new byte[91_000], now.minus(Duration.ofDays(12)));
            library.resize(
                    library.put(root, "Scan archive.zip", new byte[10], now.minus(Duration.ofDays(20))), 212_000_000);
            library.resize(
                    library.put(root, "Interview (online).m4a", new byte[10], now.minus(Duration.ofDays(25))),
                    18_300_000);
            library.put(root, "server.log", log(), now.minus(Duration.ofDays(400)));
            library.put(finance, "Invoice 2026-114.pdf", pdf("Invoice 2026-114", 1), now.minus(Duration.ofDays(3)));
            library.put(byron, "Will.pdf", pdf("Last will", 2), now.minus(Duration.ofDays(40)));
        } catch (ClientException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A PDF with fonts that are not in it.
    public static byte[] pdf(String title, int pages) {
        try (var document = new PDDocument()) {
            var bold = new PDType1Font(Standard14Fonts.FontName.HELVETICA_BOLD);
            var serif = new PDType1Font(Standard14Fonts.FontName.TIMES_ROMAN);
            for (int i = 1; i <= pages; i++) {
                var page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.setNonStrokingColor(new Color(0x0f766e));
                    content.addRect(56, 760, 483, 3);
                    content.fill();
                    content.setNonStrokingColor(Color.BLACK);
                    line(content, bold, 24, 56, 775, title);
                    line(content, bold, 13, 56, 728, "Lovelace & Partners, Solicitors");
                    for (int row = 0; row < 28; row++) {
                        String text = (row + 1) + ". The parties agree that the documents named in schedule " + i + "."
                                + row + " are kept in the vault.";
                        line(content, serif, 12, 56, 690 - row * 21, text);
                    }
                    line(content, serif, 10, 270, 60, "Page " + i + " of " + pages);
                }
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A landscape as PNG.
    public static byte[] picture(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setPaint(new GradientPaint(0, 0, new Color(0x24557a), 0, height, new Color(0xf3c98b)));
        g.fillRect(0, 0, width, height);
        g.setColor(new Color(0xfff3d6));
        g.fillOval(width * 2 / 3, height / 4, height / 6, height / 6);
        for (int layer = 0; layer < 5; layer++) {
            g.setColor(new Color(20 + layer * 8, 70 - layer * 9, 90 - layer * 14));
            int base = height / 2 + layer * height / 11;
            int[] xs = new int[62];
            int[] ys = new int[62];
            for (int i = 0; i < 60; i++) {
                xs[i] = i * width / 59;
                ys[i] = base
                        + (int) (Math.sin(i * (0.31 + layer * 0.07) + layer * 2) * height / 22)
                        + (int) (Math.sin(i * 0.9 + layer) * height / 60);
            }
            xs[60] = width;
            ys[60] = height;
            ys[61] = height;
            g.fillPolygon(xs, ys, 62);
        }
        g.setStroke(new BasicStroke(3));
        g.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void line(PDPageContentStream to, PDType1Font font, int size, int x, int y, String text)
            throws IOException {
        to.beginText();
        to.setFont(font, size);
        to.newLineAtOffset(x, y);
        to.showText(text);
        to.endText();
    }

    private static byte[] notes() {
        var text = new StringBuilder(
                "# Meeting of 20 November\n\nPresent: Ada Byron, Charles Babbage, Mary Somerville\n\n");
        for (int i = 1; i <= 60; i++) {
            text.append(i)
                    .append(
                            ". The committee considered the analytical engine and resolved that the cards be numbered, ")
                    .append("stored apart, and never leave the room unattended – naïve though that may sound.\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] table() {
        var text = new StringBuilder("name;hours;rate;amount\n");
        for (int i = 1; i <= 200; i++) {
            text.append("Employee ")
                    .append(i)
                    .append(";160;")
                    .append(30 + i % 9)
                    .append(";")
                    .append(160 * (30 + i % 9))
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] log() {
        return "2026-11-22 21:50:00 INFO started\n".repeat(400_000).getBytes(StandardCharsets.US_ASCII);
    }
}
