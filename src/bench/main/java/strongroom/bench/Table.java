package strongroom.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Medians and ratios, in the order in which they were measured.
final class Table {
    private static final MathContext DIGITS = new MathContext(5);

    private record Figure(String measure, String contender, double value) {}

    /// @param of what the ratio belongs to
    private record Ratio(String key, Figure of, double value) {}

    private final List<Figure> figures = new ArrayList<>();
    private final List<Ratio> ratios = new ArrayList<>();
    private final Map<String, String> remarks = new LinkedHashMap<>();

    void put(String measure, String contender, double figure) {
        figures.add(new Figure(measure, contender, figure));
    }

    /// Ours divided by theirs.
    ///
    /// @param key how it is called in the JSON @param measure that it belongs to, which was put before
    void ratio(String key, String measure, String contender, double ratio) {
        figures.stream()
                .filter(figure -> figure.measure.equals(measure) && figure.contender.equals(contender))
                .forEach(figure -> ratios.add(new Ratio("ratio_" + key + "_" + contender, figure, ratio)));
    }

    /// What there is to say of a contender.
    void remark(String contender, String remark) {
        remarks.put(contender, remark);
    }

    /// For people: a line for each figure, under what was measured.
    String text() {
        StringBuilder text = new StringBuilder();
        figures.stream()
                .collect(Collectors.groupingBy(Figure::measure, LinkedHashMap::new, Collectors.toList()))
                .forEach((measure, group) -> {
                    text.append(String.format(Locale.ROOT, "%n%-41s %16s%n", measure, "ours / theirs"));
                    group.forEach(figure -> text.append(line(figure)));
                });
        text.append(String.format(Locale.ROOT, "%n"));
        remarks.forEach((name, remark) -> text.append(String.format(Locale.ROOT, "%-26s %s%n", name, remark)));
        return text.toString();
    }

    private String line(Figure figure) {
        String beside = ratios.stream()
                .filter(ratio -> ratio.of.equals(figure))
                .map(ratio -> String.format(Locale.ROOT, "%8.2f", ratio.value))
                .collect(Collectors.joining(" "));
        return String.format(Locale.ROOT, "    %-22s %14s %16s%n", figure.contender, plain(figure.value), beside);
    }

    /// For machines: one line, an object of numbers.
    String json() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        figures.forEach(figure -> numbers.put(figure.measure + "_" + figure.contender, figure.value));
        numbers.putAll(ratios());
        return numbers.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + plain(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// The ratios, by the keys that they have in the JSON.
    Map<String, Double> ratios() {
        Map<String, Double> keyed = new LinkedHashMap<>();
        ratios.forEach(ratio -> keyed.put(ratio.key, ratio.value));
        return keyed;
    }

    private static String plain(double number) {
        return new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
