package strongroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import strongroom.bench.contender.Contender;
import strongroom.vault.store.StoreException;

/// A document is saved again after a change.
///
/// @param time what saving it takes @param growth by how much the store grows
record SaveAgainTrial(Path before, Path after, Measure time, Measure growth) implements Trial {
    @Override
    public void turn(Contender contender, Figures figures) throws IOException, StoreException, InterruptedException {
        contender.importFile(before, "edit");
        long was = DiskSpace.of(contender.store());
        figures.put(time, contender, contender.importFile(after, "edit"));
        long grown = DiskSpace.of(contender.store()) - was;
        // Who keeps no version writes the file anew: all of it is new, though the store hardly grew.
        figures.put(growth, contender, (contender.keepsVersions() ? grown : Files.size(after)) / 1e6);
    }
}
