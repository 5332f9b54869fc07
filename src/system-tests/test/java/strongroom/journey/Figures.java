package strongroom.journey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was measured, each figure as often as it was, in the order in which they came first.
final class Figures {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void add(String figure, double value) {
        values.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value);
    }

    /// The time since then, in seconds. @param begun by {@link System#nanoTime}
    void since(String figure, long begun) {
        add(figure, (System.nanoTime() - begun) / 1e9);
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    /// Medians for people.
    String text() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, all) -> text.append(
                String.format(Locale.ROOT, "%-38s %10.3f   (median of %d)%n", name, median(all), all.size())));
        return text.toString();
    }

    /// Medians for machines, one object on one line.
    String json() {
        List<String> pairs = new ArrayList<>();
        values.forEach((name, all) -> pairs.add(String.format(Locale.ROOT, "\"%s\":%.4f", name, median(all))));
        return "{" + String.join(",", pairs) + "}";
    }
}
