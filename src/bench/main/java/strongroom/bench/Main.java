package strongroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import strongroom.vault.store.StoreException;

/// `./strongroom bench [store|search] [--json]`. Beside the figures it leaves a plot of the ratios.
public final class Main {
    private Main() {}

    /// @param arguments what to measure, and `--json` for one line for machines
    public static void main(String[] arguments) throws IOException, StoreException, SQLException, InterruptedException {
        boolean json = Arrays.asList(arguments).contains("--json");
        List<String> subjects =
                Arrays.stream(arguments).filter(word -> !word.equals("--json")).toList();
        String subject = subjects.isEmpty() ? "store" : subjects.getFirst();
        if (subjects.size() > 1 || !List.of("store", "search").contains(subject)) {
            System.err.println("strongroom: bench measures: store, or search");
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("strongroom-bench");
        try {
            Table table = subject.equals("search") ? new SearchBench(folder).run() : new StoreBench(folder).run();
            System.out.println(json ? table.json() : table.text());
            if (!table.ratios().isEmpty()) {
                plot(subject, table);
            }
        } finally {
            remove(folder);
        }
    }

    private static void plot(String subject, Table table) throws IOException {
        Path plot = Files.createDirectories(Path.of(System.getProperty("strongroom.bench.plots", "target/bench")))
                .resolve(subject + ".png");
        Plot.write("Strongroom beside others: " + subject, table.ratios(), plot);
        System.err.println("plot: " + plot);
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
