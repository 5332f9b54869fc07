package strongroom.desktop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;

/// Looks at every word that is on the screen: it is set in a typeface that is in the program, and stands out from what
/// is behind it as WCAG 2.2 asks (1.4.3): 4.5 to 1, and 3 to 1 for large words. What cannot be used may be pale.
final class Legible {
    private static final double SMALL = 4.5;
    private static final double LARGE = 3;
    private static final double LARGE_SIZE = 24;

    private Legible() {}

    /// What is wrong, one line each.
    static List<String> faults(Node root) {
        List<String> faults = new ArrayList<>();
        walk(root, faults);
        return faults;
    }

    private static void walk(Node node, List<String> faults) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node instanceof Text text
                && !(node instanceof FontIcon)
                && !text.getText().isBlank()) {
            look(text, faults);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> walk(child, faults));
        }
    }

    private static void look(Text text, List<String> faults) {
        String family = text.getFont().getFamily();
        if (!family.startsWith("Inter") && !family.equals("Liberation Mono")) {
            faults.add("typeface " + family + ": " + text.getText());
        }
        if (text.getFill() instanceof Color colour) {
            Color behind = behind(text);
            double least = text.getFont().getSize() >= LARGE_SIZE ? LARGE : SMALL;
            double contrast = contrast(over(colour, behind), behind);
            if (contrast < least) {
                faults.add(String.format(
                        Locale.ROOT, "contrast %.2f of %s on %s: %s", contrast, colour, behind, text.getText()));
            }
        }
    }

    /// What the backgrounds of all the nodes around it come to.
    private static Color behind(Node node) {
        Deque<Node> around = new ArrayDeque<>();
        for (Node at = node.getParent(); at != null; at = at.getParent()) {
            around.push(at);
        }
        Color behind = Color.WHITE;
        for (Node at : around) {
            if (at instanceof Region region && region.getBackground() != null) {
                for (BackgroundFill fill : region.getBackground().getFills()) {
                    if (fill.getFill() instanceof Color colour) {
                        behind = over(colour, behind);
                    }
                }
            }
        }
        return behind;
    }

    private static Color over(Color above, Color below) {
        return below.interpolate(new Color(above.getRed(), above.getGreen(), above.getBlue(), 1), above.getOpacity());
    }

    private static double contrast(Color one, Color other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
