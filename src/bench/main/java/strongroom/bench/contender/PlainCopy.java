package strongroom.bench.contender;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.OptionalDouble;

/// The disk without any encryption: copies in clear, forced to it once at the end.
public final class PlainCopy implements Contender {
    private final Path folder;
    private final ClearFiles files = new ClearFiles();

    /// @param folder empty
    public PlainCopy(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String durability() {
        return "one fsync; syncfs for folders";
    }

    @Override
    public double importFile(Path file, String name) throws IOException {
        return Stopwatch.<IOException, RuntimeException>time(() -> copy(file, folder.resolve(name)));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        to,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer part = ByteBuffer.allocateDirect(1 << 20);
            while (in.read(part) >= 0) {
                part.flip();
                while (part.hasRemaining()) {
                    out.write(part);
                }
                part.clear();
            }
            out.force(true);
        }
    }

    @Override
    public double importFolder(Path source, String name) throws IOException, InterruptedException {
        return Stopwatch.<IOException, InterruptedException>time(() -> {
            Shell.run(folder, Map.of(), "cp", "-r", source.toString(), name);
            Shell.run(folder, Map.of(), "sync", "-f", ".");
        });
    }

    @Override
    public double readFile(String name) throws IOException {
        return Stopwatch.<IOException, RuntimeException>time(() -> files.read(folder.resolve(name)));
    }

    @Override
    public double readFolder(String name) throws IOException {
        return Stopwatch.<IOException, RuntimeException>time(() -> files.readAll(folder.resolve(name)));
    }

    @Override
    public double[] readAtRandom(String name, RandomReads reads) throws IOException {
        return ClearFiles.readAtRandom(folder.resolve(name), reads);
    }

    @Override
    public boolean opens() {
        return true;
    }

    @Override
    public OptionalDouble listFolder(String path) throws IOException {
        return OptionalDouble.of(
                Stopwatch.<IOException, RuntimeException>time(() -> ClearFiles.list(folder.resolve(path))));
    }

    @Override
    public OptionalDouble listAll(String path) throws IOException {
        return OptionalDouble.of(
                Stopwatch.<IOException, RuntimeException>time(() -> ClearFiles.listAll(folder.resolve(path))));
    }

    @Override
    public Path store() {
        return folder;
    }

    @Override
    public void close() {}
}
