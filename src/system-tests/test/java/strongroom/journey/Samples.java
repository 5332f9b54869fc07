package strongroom.journey;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/// A handful of documents such as an office has, made here.
final class Samples {
    private Samples() {}

    static Path write(Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("Client Brandt"));
        Files.writeString(folder.resolve("Minutes 12 November.txt"), minutes(), StandardCharsets.UTF_8);
        picture(folder.resolve("Site plan.png"));
        contract(folder.resolve("Framework contract.pdf"));
        Path invoices = Files.createDirectories(folder.resolve("Invoices"));
        for (int month = 1; month <= 6; month++) {
            String name = "Invoice 2026-0" + month + ".csv";
            Files.writeString(
                    invoices.resolve(name),
                    "item;hours;rate\nconsulting;" + 12 * month + ";140\n",
                    StandardCharsets.UTF_8);
        }
        Files.writeString(folder.resolve("Zürich, Überblick.md"), "# Überblick\n\nStand: November 2026.\n");
        return folder;
    }

    private static String minutes() {
        StringBuilder text = new StringBuilder("""
                Minutes, 12 November 2026
                =========================

                Present: A. Keller, J. Brandt, T. Okafor

                1. The offer for the north building stays confidential until signature.
                2. Severance plan: see the annex; not to leave the vault.
                3. Next meeting on 3 December.

                """);
        for (int i = 1; i <= 60; i++) {
            text.append("Annex ").append(i).append(": item reviewed, no change to the figures of October.\n");
        }
        return text.toString();
    }

    private static void picture(Path file) throws IOException {
        BufferedImage image = new BufferedImage(1200, 800, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setPaint(new GradientPaint(0, 0, new Color(0xeef3f8), 1200, 800, new Color(0xd5e0ec)));
        pen.fillRect(0, 0, 1200, 800);
        pen.setStroke(new BasicStroke(4));
        pen.setColor(new Color(0x3b5b7a));
        for (List<Integer> room : List.of(
                List.of(120, 120, 420, 260),
                List.of(540, 120, 540, 260),
                List.of(120, 380, 300, 300),
                List.of(420, 380, 660, 300))) {
            pen.drawRect(room.get(0), room.get(1), room.get(2), room.get(3));
        }
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 28));
        pen.drawString("Strongroom", 180, 260);
        pen.drawString("Archive", 720, 260);
        pen.drawString("Office", 210, 540);
        pen.drawString("Server hall", 680, 540);
        pen.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private static void contract(Path file) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (int number = 1; number <= 3; number++) {
                PDPage page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                try (PDPageContentStream out = new PDPageContentStream(document, page)) {
                    out.beginText();
                    out.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA_BOLD), 22);
                    out.newLineAtOffset(72, 740);
                    out.showText("Framework contract, page " + number);
                    out.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    for (int line = 1; line <= 24; line++) {
                        out.newLineAtOffset(0, -24);
                        out.showText(
                                number + "." + line + "  The parties keep the terms of this section confidential.");
                    }
                    out.endText();
                }
            }
            document.save(file.toFile());
        }
    }
}
