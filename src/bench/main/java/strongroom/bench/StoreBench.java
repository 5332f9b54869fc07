package strongroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import strongroom.bench.contender.CryptofsProgram;
import strongroom.bench.contender.Limit;
import strongroom.bench.contender.Maker;
import strongroom.bench.contender.PlainCopy;
import strongroom.bench.contender.Programs;
import strongroom.bench.contender.Strongroom;
import strongroom.bench.contender.StrongroomProcess;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// Our store beside what the machine itself can do and the programs that are installed. In every round each
/// contender has its turn, so what the machine does otherwise meets all of them.
final class StoreBench {
    private final Scratch scratch;
    private final Sizes sizes;
    private final Request request;
    private final Figures figures;
    private final Sources sources;
    private final Turns turns;

    StoreBench(Scratch scratch, Sizes sizes, Request request, Figures figures) throws IOException {
        this.scratch = scratch;
        this.sizes = sizes;
        this.request = request;
        this.figures = figures;
        this.sources = new Sources(scratch.folder("sources"), sizes);
        this.turns = new Turns(scratch);
    }

    void run() throws IOException, StoreException, InterruptedException {
        Optional<CryptofsProgram> cryptofs = request.wantsBeside("cryptofs")
                        && request.wantsAny("documents", "large", "random", "edited", "inserted", "open", "list")
                ? CryptofsProgram.start(scratch.folder("cryptofs"))
                : Optional.empty();
        try {
            VaultStore.warmUp(new SecureRandom());
            List<Maker> makers = makers(cryptofs);
            warmUp(makers);
            rounds(makers, trials());
            if (request.wantsAny("open", "list")) {
                new ManyBench(sources, request, turns, figures).run(makers, sizes.rounds());
            }
            if (request.wants("memory")) {
                new MemoryBench(scratch, sources, figures).run();
            }
        } finally {
            if (cryptofs.isPresent()) {
                cryptofs.get().close();
            }
        }
    }

    /// Turns that do not count, of those that run in this JVM.
    private void warmUp(List<Maker> makers) throws IOException, StoreException, InterruptedException {
        Sizes few = Sizes.few();
        Sources some = new Sources(scratch.folder("some"), few);
        List<Trial> trials = List.of(new DocumentsTrial(some), new LargeTrial(some, true, few.reads(), few.budget()));
        for (int round = 0; round < few.rounds(); round++) {
            for (Maker maker : makers) {
                if (maker.name().equals(Strongroom.NAME) || maker.name().equals(Limit.NAME)) {
                    for (Trial trial : trials) {
                        turns.once(maker, "warm up", trial, new Figures());
                    }
                }
            }
        }
    }

    private void rounds(List<Maker> makers, Map<String, Trial> trials)
            throws IOException, StoreException, InterruptedException {
        for (int round = 1; round <= sizes.rounds(); round++) {
            for (Map.Entry<String, Trial> trial : trials.entrySet()) {
                for (Maker maker : makers) {
                    String what = "round " + round + " of " + sizes.rounds() + ", " + trial.getKey();
                    turns.once(maker, what, trial.getValue(), figures);
                }
            }
        }
    }

    private Map<String, Trial> trials() throws IOException {
        Map<String, Trial> trials = new LinkedHashMap<>();
        if (request.wants("documents")) {
            trials.put("documents", new DocumentsTrial(sources));
        }
        if (request.wantsAny("large", "random")) {
            int reads = request.wants("random") ? sizes.reads() : 0;
            trials.put("large", new LargeTrial(sources, request.wants("large"), reads, sizes.budget()));
        }
        if (request.wants("edited")) {
            trials.put("edited", again(sources.edited(), Measure.SAVE_EDITED, Measure.GROWTH_EDITED));
        }
        if (request.wants("inserted")) {
            trials.put("inserted", again(sources.inserted(), Measure.SAVE_INSERTED, Measure.GROWTH_INSERTED));
        }
        return trials;
    }

    private Trial again(Path after, Measure time, Measure growth) throws IOException {
        return new SaveAgainTrial(sources.edit(), after, time, growth);
    }

    /// Made when the first process needs it.
    private Path classes() throws IOException, StoreException, InterruptedException {
        Path classes = scratch.file("classes.aot");
        if (!Files.exists(classes)) {
            Sources few = new Sources(scratch.folder("training"), Sizes.few());
            StrongroomProcess.train(scratch.folder("trained"), classes, few.documents(), few.large());
        }
        return classes;
    }

    private List<Maker> makers(Optional<CryptofsProgram> cryptofs) {
        List<Maker> makers = new ArrayList<>(List.of(
                new Maker(Strongroom.NAME, Strongroom::new),
                new Maker(StrongroomProcess.NAME, folder -> new StrongroomProcess(folder, classes())),
                new Maker(Limit.NAME, Limit::new),
                new Maker("plain", PlainCopy::new)));
        makers.addAll(Programs.installed());
        cryptofs.ifPresent(program -> makers.add(program.maker()));
        Set<String> nobody = new TreeSet<>(request.beside());
        makers.forEach(maker -> nobody.remove(maker.name()));
        nobody.forEach(name -> System.err.println("There is no " + name + " here."));
        makers.removeIf(maker -> !maker.name().equals(Strongroom.NAME) && !request.wantsBeside(maker.name()));
        return makers;
    }
}
