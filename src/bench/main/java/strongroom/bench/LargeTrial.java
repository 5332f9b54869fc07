package strongroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import strongroom.bench.contender.Contender;
import strongroom.bench.contender.RandomReads;
import strongroom.vault.store.StoreException;

/// One large document comes in, is read, and is read in pieces.
final class LargeTrial implements Trial {
    private static final int PIECE = 1024;
    private static final long SEED = 11;

    private final Sources sources;
    private final boolean whole;
    private final RandomReads reads;

    /// @param whole whether importing and reading it is of interest @param reads how many pieces are; 0 for none
    LargeTrial(Sources sources, boolean whole, int reads, int budget) {
        this.sources = sources;
        this.whole = whole;
        this.reads = new RandomReads(reads, PIECE, SEED, budget);
    }

    @Override
    public void turn(Contender contender, Figures figures) throws IOException, StoreException, InterruptedException {
        double imported = contender.importFile(sources.large(), "large");
        if (whole) {
            figures.put(Measure.IMPORT_LARGE, contender, imported);
            figures.put(Measure.READ_LARGE, contender, contender.readFile("large"));
            figures.put(
                    Measure.SIZE_LARGE,
                    contender,
                    (double) DiskSpace.of(contender.store()) / Files.size(sources.large()));
        }
        if (reads.count() > 0) {
            pieces(contender, figures);
        }
    }

    private void pieces(Contender contender, Figures figures) throws IOException, StoreException, InterruptedException {
        double[] seconds = contender.readAtRandom("large", reads);
        if (seconds.length > 0) {
            Arrays.sort(seconds);
            figures.put(Measure.RANDOM_MEDIAN, contender, seconds[seconds.length / 2] * 1e6);
            figures.put(Measure.RANDOM_NEARLY_ALL, contender, seconds[seconds.length * 99 / 100] * 1e6);
            figures.put(
                    Measure.RANDOM_MEAN,
                    contender,
                    Arrays.stream(seconds).average().orElse(0) * 1e6);
            figures.put(Measure.RANDOM_READS, contender, seconds.length);
        }
    }
}
