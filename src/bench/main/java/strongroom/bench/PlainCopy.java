package strongroom.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;

/// What the disk can do: copies in clear, forced to it once at the end.
final class PlainCopy implements Contender {
    private final Path folder;

    PlainCopy(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public void importFile(Path file, String name) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        folder.resolve(name),
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
    public void importFolder(Path source, String name) throws IOException, InterruptedException {
        Shell.run(folder, Map.of(), "cp", "-r", source.toString(), name);
        Shell.run(folder, Map.of(), "sync", "-f", ".");
    }

    @Override
    public void readFile(String name) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public void readFolder(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }

    @Override
    public Path store() {
        return folder;
    }

    @Override
    public void close() {}
}
