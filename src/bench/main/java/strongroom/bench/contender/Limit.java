package strongroom.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// What this machine can do at best: read, encrypt by the JDK's AES-256-GCM, write, and force to the disk once. No
/// names, no catalogue, no hashes, nothing that would survive the run; in the same warm JVM as our own store.
public final class Limit implements Contender {
    /// The name of the limit.
    public static final String NAME = "limit";

    private final Path folder;
    private final Map<String, SegmentedFile> files = new HashMap<>();
    private final Map<String, SealedPack> packs = new HashMap<>();

    /// @param folder empty
    public Limit(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String durability() {
        return "one fsync";
    }

    @Override
    public double importFile(Path source, String name) throws IOException, InterruptedException {
        SegmentedFile file = new SegmentedFile(folder.resolve(name));
        files.put(name, file);
        return Stopwatch.<IOException, InterruptedException>time(() -> file.write(source));
    }

    @Override
    public double importFolder(Path source, String name) throws IOException {
        SealedPack pack = new SealedPack(folder.resolve(name));
        packs.put(name, pack);
        return Stopwatch.<IOException, RuntimeException>time(() -> pack.write(source));
    }

    @Override
    public double readFile(String name) throws IOException, InterruptedException {
        SegmentedFile file = Objects.requireNonNull(files.get(name));
        return Stopwatch.<IOException, InterruptedException>time(file::read);
    }

    @Override
    public double readFolder(String name) throws IOException {
        SealedPack pack = Objects.requireNonNull(packs.get(name));
        return Stopwatch.<IOException, RuntimeException>time(pack::read);
    }

    @Override
    public double[] readAtRandom(String name, RandomReads reads) throws IOException {
        return Objects.requireNonNull(files.get(name)).readAtRandom(reads);
    }

    @Override
    public Path store() {
        return folder;
    }

    @Override
    public void close() {}
}
