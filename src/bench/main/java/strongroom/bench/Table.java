package strongroom.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Medians, in the order in which they were measured.
final class Table {
    private final Map<String, Double> figures = new LinkedHashMap<>();

    void put(String name, double figure) {
        figures.put(name, figure);
    }

    String text() {
        return figures.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%-36s %10.3f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /// Ours divided by theirs, of each workload and peer.
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>(figures);
        ratios.keySet().removeIf(key -> !key.startsWith("ratio_"));
        return ratios;
    }

    /// One line: an object of numbers.
    String json() {
        return figures.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "\"%s\":%.4f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
