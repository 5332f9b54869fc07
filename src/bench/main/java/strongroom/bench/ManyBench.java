package strongroom.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import strongroom.bench.contender.Contender;
import strongroom.bench.contender.Maker;
import strongroom.bench.contender.Opening;
import strongroom.vault.store.StoreException;

/// Stores of a great many tiny documents, filled once, then opened and listed in every round.
final class ManyBench {
    private final Sources sources;
    private final Request request;
    private final Turns turns;
    private final Figures figures;

    ManyBench(Sources sources, Request request, Turns turns, Figures figures) {
        this.sources = sources;
        this.request = request;
        this.turns = turns;
        this.figures = figures;
    }

    /// @param makers of those that are there
    void run(List<Maker> makers, int rounds) throws IOException, StoreException, InterruptedException {
        List<Contender> filled = new ArrayList<>();
        try {
            for (Maker maker : makers) {
                turns.take(maker.name(), "import many", () -> fill(maker, filled));
            }
            for (int round = 0; round <= rounds; round++) {
                // In the first one the machine code is not there yet.
                Figures noted = round == 0 ? new Figures() : figures;
                for (Contender contender : filled) {
                    turns.take(
                            contender.name(),
                            "round " + round + " of " + rounds + ", open and list",
                            () -> turn(contender, noted));
                }
            }
        } finally {
            for (Contender contender : filled) {
                turns.take(contender.name(), "close", contender::close);
            }
        }
    }

    private void fill(Maker maker, List<Contender> filled) throws IOException, StoreException, InterruptedException {
        Contender contender = turns.make(maker, "many in " + maker.name());
        if (!contender.opens()) {
            contender.close();
            return;
        }
        filled.add(contender);
        figures.put(Measure.IMPORT_MANY, contender, contender.importFolder(sources.many(), "many"));
        contender.send();
    }

    private void turn(Contender contender, Figures noted) throws IOException, StoreException, InterruptedException {
        if (request.wants("open")) {
            Optional<Opening> opening = contender.openWithKey();
            opening.ifPresent(took -> {
                noted.put(Measure.OPEN, contender, took.opened());
                noted.put(Measure.FIRST_ROWS, contender, took.firstRows());
            });
            put(noted, Measure.UNLOCK, contender, contender.unlock());
        }
        if (request.wants("list")) {
            put(noted, Measure.LIST_FOLDER, contender, contender.listFolder(sources.folderOfMany()));
            put(noted, Measure.LIST_ALL, contender, contender.listAll("many"));
        }
    }

    private static void put(Figures noted, Measure measure, Contender contender, OptionalDouble seconds) {
        seconds.ifPresent(figure -> noted.put(measure, contender, figure));
    }
}
