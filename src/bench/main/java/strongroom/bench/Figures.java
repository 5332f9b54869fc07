package strongroom.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import strongroom.bench.contender.Contender;
import strongroom.bench.contender.Strongroom;
import strongroom.bench.contender.StrongroomProcess;

/// What was measured, round after round.
final class Figures {
    private final Map<Measure, Map<String, List<Double>>> rounds = new LinkedHashMap<>();
    private final Map<String, String> durability = new LinkedHashMap<>();

    /// One more of a contender.
    void put(Measure measure, Contender contender, double figure) {
        durability.put(contender.name(), contender.durability());
        put(measure, contender.name(), figure);
    }

    /// One more of who has that name.
    void put(Measure measure, String contender, double figure) {
        rounds.computeIfAbsent(measure, _ -> new LinkedHashMap<>())
                .computeIfAbsent(contender, _ -> new ArrayList<>())
                .add(figure);
    }

    /// Medians over the rounds; ratios are medians of the ratios of each round. Where our store in a process of its own
    /// was timed there is a second ratio for that.
    Table table() {
        Table table = new Table();
        durability.forEach((name, by) -> table.remark(name, "durable by " + by));
        rounds.forEach((measure, of) -> {
            of.forEach((name, figures) -> table.put(measure.label(), name, median(figures)));
            ratios(table, measure, of, Strongroom.NAME, "");
            if (measure.label().endsWith("_s")) {
                ratios(table, measure, of, StrongroomProcess.NAME, "process_");
            }
        });
        return table;
    }

    private static void ratios(Table table, Measure measure, Map<String, List<Double>> of, String ours, String prefix) {
        List<Double> own = of.getOrDefault(ours, List.of());
        if (own.isEmpty() || measure.ratio().isEmpty()) {
            return;
        }
        of.forEach((name, figures) -> {
            if (!name.equals(Strongroom.NAME) && !name.equals(StrongroomProcess.NAME)) {
                table.ratio(prefix + measure.ratio(), measure.label(), name, ratio(own, figures));
            }
        });
    }

    private static double ratio(List<Double> ours, List<Double> theirs) {
        if (ours.size() != theirs.size()) {
            return median(ours) / median(theirs);
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ours.size(); round++) {
            ratios.add(ours.get(round) / theirs.get(round));
        }
        return median(ratios);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
