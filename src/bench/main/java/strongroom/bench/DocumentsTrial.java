package strongroom.bench;

import java.io.IOException;
import strongroom.bench.contender.Contender;
import strongroom.vault.store.StoreException;

/// Thousands of office documents come in, and are read.
final class DocumentsTrial implements Trial {
    private final Sources sources;

    DocumentsTrial(Sources sources) {
        this.sources = sources;
    }

    @Override
    public boolean suits(Contender contender) {
        return !contender.filesOnly();
    }

    @Override
    public void turn(Contender contender, Figures figures) throws IOException, StoreException, InterruptedException {
        figures.put(Measure.IMPORT_DOCUMENTS, contender, contender.importFolder(sources.documents(), "documents"));
        figures.put(Measure.READ_DOCUMENTS, contender, contender.readFolder("documents"));
        figures.put(
                Measure.SIZE_DOCUMENTS, contender, (double) DiskSpace.of(contender.store()) / sources.documentBytes());
    }
}
