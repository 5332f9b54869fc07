package strongroom.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/// The ratios of a table as bars from one: to the left we take less than the other, to the right more. The scale is
/// logarithmic, from a thirtieth to thirty times.
final class Plot {
    private static final int WIDTH = 1100;
    private static final int ROW = 26;
    private static final int GROUP = 34;
    private static final int TOP = 96;
    private static final int NAMES = 330;
    private static final int HALF = 320;
    private static final double DECADES = Math.log10(30);
    private static final Color INK = new Color(0x1f2933);
    private static final Color FAINT = new Color(0xd5dbe1);
    private static final Color AHEAD = new Color(0x0f766e);
    private static final Color BEHIND = new Color(0xb45309);

    private record Bar(String peer, double ratio) {}

    private Plot() {}

    /// @param title one line @param ratios from a table, see {@link Table#ratios}
    static void write(String title, Map<String, Double> ratios, Path file) throws IOException {
        Map<String, List<Bar>> groups = groups(ratios);
        int rows = groups.values().stream().mapToInt(List::size).sum();
        int height = TOP + rows * ROW + groups.size() * GROUP + 40;
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH, height);
            head(graphics, title, height);
            int y = TOP;
            for (Map.Entry<String, List<Bar>> group : groups.entrySet()) {
                graphics.setColor(INK);
                graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
                graphics.drawString(group.getKey().replace('_', ' '), 20, y + 22);
                y += GROUP;
                for (Bar bar : group.getValue()) {
                    bar(graphics, bar, y);
                    y += ROW;
                }
            }
        } finally {
            graphics.dispose();
        }
        ImageIO.write(image, "png", file.toFile());
    }

    /// Keys are `ratio_WORKLOAD_PEER`.
    private static Map<String, List<Bar>> groups(Map<String, Double> ratios) {
        Map<String, List<Bar>> groups = new LinkedHashMap<>();
        ratios.forEach((key, ratio) -> {
            String name = key.substring("ratio_".length());
            int cut = name.lastIndexOf('_');
            groups.computeIfAbsent(name.substring(0, cut), _ -> new ArrayList<>())
                    .add(new Bar(name.substring(cut + 1), ratio));
        });
        return groups;
    }

    private static void head(Graphics2D graphics, String title, int height) {
        graphics.setColor(INK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        graphics.drawString(title, 20, 34);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        graphics.drawString("Ours divided by theirs; left of the line we take less.", 20, 58);
        for (double mark : new double[] {1 / 30.0, 0.1, 0.3, 1, 3, 10, 30}) {
            int x = x(mark);
            graphics.setColor(mark == 1 ? INK : FAINT);
            graphics.setStroke(new BasicStroke(mark == 1 ? 2 : 1));
            graphics.drawLine(x, TOP - 14, x, height - 20);
            graphics.setColor(INK);
            String label = mark < 1 ? "1/" + Math.round(1 / mark) : String.valueOf(Math.round(mark));
            graphics.drawString(label, x - graphics.getFontMetrics().stringWidth(label) / 2, TOP - 18);
        }
    }

    private static void bar(Graphics2D graphics, Bar bar, int y) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        graphics.setColor(INK);
        graphics.drawString(bar.peer, 40, y + 17);
        graphics.drawString(String.format(Locale.ROOT, "%.2f", bar.ratio), 250, y + 17);
        int from = Math.min(x(1), x(bar.ratio));
        int to = Math.max(x(1), x(bar.ratio));
        graphics.setColor(bar.ratio <= 1 ? AHEAD : BEHIND);
        graphics.fillRect(from, y + 4, Math.max(2, to - from), ROW - 9);
    }

    private static int x(double ratio) {
        double place = Math.max(-1, Math.min(1, Math.log10(ratio) / DECADES));
        return NAMES + HALF + (int) Math.round(place * HALF);
    }
}
