package strongroom.bench;

import java.io.IOException;
import strongroom.bench.contender.Strongroom;
import strongroom.bench.process.OwnProcess;
import strongroom.vault.store.StoreException;

/// What a process of our own takes of memory and of its heap, with little of it: at most while a document comes in
/// that is longer than its memory, and when it has a store of many documents open.
final class MemoryBench {
    private static final int HEAP = 256;

    private final Scratch scratch;
    private final Sources sources;
    private final Figures figures;
    private final OwnProcess process = new OwnProcess(HEAP, null);

    MemoryBench(Scratch scratch, Sources sources, Figures figures) {
        this.scratch = scratch;
        this.sources = sources;
        this.figures = figures;
    }

    void run() throws IOException, StoreException, InterruptedException {
        System.err.println("memory of an import");
        try (Strongroom store = new Strongroom(scratch.folder("sparse import"))) {
            put(
                    "import",
                    store.elsewhere(process, "import-file", sources.sparse().toString(), "sparse"));
        }
        System.err.println("memory of many documents");
        try (Strongroom store = new Strongroom(scratch.folder("idle"))) {
            store.importFolder(sources.many(), "many");
            store.send();
            put("idle", store.elsewhere(process, "idle", "many"));
        }
    }

    private void put(String doing, OwnProcess.Memory memory) {
        figures.put(Measure.alone("rss_mib_" + doing), Strongroom.NAME, memory.resident());
        figures.put(Measure.alone("heap_mib_" + doing), Strongroom.NAME, memory.heap());
    }
}
