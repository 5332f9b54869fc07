package strongroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// Our store beside a plain copy and the programs that are installed. In every round each contender has its turn, so
/// what the machine does otherwise meets all of them; figures are medians over rounds, ratios medians of the ratios of
/// each round.
final class StoreBench {
    private static final int ROUNDS = Integer.getInteger("strongroom.bench.rounds", 5);
    private static final int DOCUMENTS = 10_000;
    private static final int LARGE = 1 << 30;
    private static final int EDITED = 100 << 20;

    private final Path folder;
    private final Map<String, Map<Workload, List<Double>>> figures = new LinkedHashMap<>();

    StoreBench(Path folder) {
        this.folder = folder;
    }

    private interface Maker {
        Contender make(Path folder) throws IOException, StoreException, InterruptedException;
    }

    private interface Work {
        void run() throws IOException, StoreException, InterruptedException;
    }

    private record Sources(Path documents, long bytes, Path large, Path edit, Path edited, Path inserted) {}

    Table run() throws IOException, StoreException, InterruptedException {
        OfficeDocuments office = new OfficeDocuments();
        Path documents = Files.createDirectory(folder.resolve("documents"));
        long bytes = office.write(documents, DOCUMENTS);
        Path large = office.large(folder.resolve("large"), LARGE);
        Path edit = office.large(folder.resolve("edit"), EDITED);
        Path edited = office.edited(edit, folder.resolve("edited"));
        Path inserted = office.inserted(edit, folder.resolve("inserted"));
        Sources sources = new Sources(documents, bytes, large, edit, edited, inserted);
        VaultStore.warmUp(new SecureRandom());
        for (int round = 0; round < ROUNDS; round++) {
            for (Maker maker : makers()) {
                documents(maker, sources);
                large(maker, sources);
                again(maker, sources.edit, sources.edited, Workload.SAVE_EDITED, Workload.GROWTH_EDITED);
                again(maker, sources.edit, sources.inserted, Workload.SAVE_INSERTED, Workload.GROWTH_INSERTED);
            }
            System.err.println("round " + (round + 1) + " of " + ROUNDS);
        }
        return table();
    }

    private static List<Maker> makers() {
        List<Maker> makers = new ArrayList<>(List.of(Strongroom::new, PlainCopy::new));
        for (Program.Typed program : Program.ALL) {
            if (Shell.has(program.program())) {
                makers.add(folder -> new Program(program, folder));
            }
        }
        return makers;
    }

    private void documents(Maker maker, Sources sources) throws IOException, StoreException, InterruptedException {
        with(maker, contender -> {
            if (!contender.filesOnly()) {
                put(
                        contender,
                        Workload.IMPORT_DOCUMENTS,
                        seconds(() -> contender.importFolder(sources.documents, "documents")));
                put(contender, Workload.READ_DOCUMENTS, seconds(() -> contender.readFolder("documents")));
                put(contender, Workload.SIZE_DOCUMENTS, (double) size(contender.store()) / sources.bytes);
            }
        });
    }

    private void large(Maker maker, Sources sources) throws IOException, StoreException, InterruptedException {
        with(maker, contender -> {
            put(contender, Workload.IMPORT_LARGE, seconds(() -> contender.importFile(sources.large, "large")));
            put(contender, Workload.READ_LARGE, seconds(() -> contender.readFile("large")));
            put(contender, Workload.SIZE_LARGE, (double) size(contender.store()) / LARGE);
        });
    }

    private void again(Maker maker, Path before, Path after, Workload time, Workload growth)
            throws IOException, StoreException, InterruptedException {
        with(maker, contender -> {
            contender.importFile(before, "edit");
            long was = size(contender.store());
            put(contender, time, seconds(() -> contender.importFile(after, "edit")));
            long grown = size(contender.store()) - was;
            // Who keeps no version writes the file anew: all of it is new, though the store hardly grew.
            put(contender, growth, (contender.keepsVersions() ? grown : Files.size(after)) / 1e6);
        });
    }

    private interface Turn {
        void of(Contender contender) throws IOException, StoreException, InterruptedException;
    }

    private void with(Maker maker, Turn turn) throws IOException, StoreException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("contender"));
        Contender contender = maker.make(own);
        try {
            turn.of(contender);
        } finally {
            contender.close();
            Main.remove(own);
        }
    }

    private void put(Contender contender, Workload workload, double figure) {
        figures.computeIfAbsent(contender.name(), _ -> new EnumMap<>(Workload.class))
                .computeIfAbsent(workload, _ -> new ArrayList<>())
                .add(figure);
    }

    private static double seconds(Work work) throws IOException, StoreException, InterruptedException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static long size(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private Table table() {
        Table table = new Table();
        Map<Workload, List<Double>> ours = figures.getOrDefault("strongroom", Map.of());
        for (Workload workload : Workload.values()) {
            figures.forEach((name, of) -> {
                if (of.containsKey(workload)) {
                    table.put(workload.label() + "_" + name, median(of.get(workload)));
                }
            });
            figures.forEach((name, of) -> {
                if (of.containsKey(workload) && ours.containsKey(workload) && !name.equals("strongroom")) {
                    String peer = name.equals("plain") ? "limit" : name;
                    table.put("ratio_" + workload.label() + "_" + peer, ratio(ours.get(workload), of.get(workload)));
                }
            });
        }
        return table;
    }

    private static double ratio(List<Double> ours, List<Double> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(ours.size(), theirs.size()); round++) {
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
