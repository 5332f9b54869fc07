package strongroom.bench.contender;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/// Files as any program sees them, on the disk or in what is mounted.
final class ClearFiles {
    private final byte[] buffer = new byte[1 << 20];

    /// Reads a file to its end.
    void read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            while (in.read(buffer) >= 0) {
                // What it says does not matter.
            }
        }
    }

    /// Reads every file below a folder.
    void readAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                read(file);
            }
        }
    }

    /// @return how long each piece took, in seconds
    static double[] readAtRandom(Path file, RandomReads reads) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long[] offsets = reads.offsets(in.size());
            double[] seconds = new double[offsets.length];
            ByteBuffer piece = ByteBuffer.allocateDirect(reads.length());
            for (int i = 0; i < offsets.length; i++) {
                long start = System.nanoTime();
                readFully(in, piece.clear(), offsets[i]);
                seconds[i] = Stopwatch.secondsSince(start);
            }
            return seconds;
        }
    }

    /// Fills the buffer from there on.
    static void readFully(FileChannel in, ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int count = in.read(into, at);
            if (count < 0) {
                throw new EOFException("a file is shorter than it was");
            }
            at += count;
        }
    }

    /// Lists a folder. @return the bytes of its files
    static long list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return sizes(entries);
        }
    }

    /// Lists everything below a folder. @return the bytes of its files
    static long listAll(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return sizes(entries);
        }
    }

    private static long sizes(Stream<Path> entries) throws IOException {
        long bytes = 0;
        for (Path entry : (Iterable<Path>) entries::iterator) {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
        }
        return bytes;
    }
}
