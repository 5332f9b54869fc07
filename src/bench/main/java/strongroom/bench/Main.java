package strongroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import strongroom.vault.store.StoreException;

/// `./strongroom bench [store|search] [--json] [--only WORKLOAD,…] [--beside CONTENDER,…]`. Beside the figures it
/// leaves a plot of the ratios.
public final class Main {
    private Main() {}

    /// @param arguments see {@link Request}
    public static void main(String[] arguments) throws IOException, StoreException, SQLException, InterruptedException {
        Optional<Request> request = Request.of(List.of(arguments));
        if (request.isEmpty()) {
            System.err.println("strongroom: bench [store|search] [--json] [--only WORKLOAD,…] [--beside CONTENDER,…]");
            System.err.println("workloads of the store: " + String.join(", ", Request.WORKLOADS));
            System.exit(2);
        }
        run(request.orElseThrow());
    }

    private static void run(Request request) throws IOException, StoreException, SQLException, InterruptedException {
        Figures figures = new Figures();
        try (Scratch scratch = Scratch.make()) {
            measure(request, scratch, figures);
            if (scratch.ending()) {
                return;
            }
        }
        Table table = figures.table();
        System.out.println(request.json() ? table.json() : table.text());
        if (!table.ratios().isEmpty()) {
            plot(request.subject(), table);
        }
    }

    private static void measure(Request request, Scratch scratch, Figures figures)
            throws IOException, StoreException, SQLException, InterruptedException {
        Sizes sizes = Sizes.ofProperties();
        try {
            if (request.subject().equals("store")) {
                new StoreBench(scratch, sizes, request, figures).run();
            }
            if (request.wants("search")) {
                new SearchBench(scratch.folder("search"), sizes.searched(), figures).run();
            }
        } catch (IOException | StoreException | SQLException e) {
            // Whoever ended us has taken the ground away from under it.
            if (!scratch.ending()) {
                throw e;
            }
        }
    }

    private static void plot(String subject, Table table) throws IOException {
        Path plot = Files.createDirectories(Path.of(System.getProperty("strongroom.bench.plots", "target/bench")))
                .resolve(subject + ".png");
        Plot.write("Strongroom beside others: " + subject, table.ratios(), plot);
        System.err.println("plot: " + plot);
    }
}
