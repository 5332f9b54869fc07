package strongroom.bench.contender;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;

/// One file in segments of 64 KiB that are sealed one by one, by two threads that each take the next strip of
/// some.
final class SegmentedFile {
    private static final int SEGMENT = 64 << 10;
    private static final int SEALED = SEGMENT + Gcm.OVERHEAD;
    private static final int SEGMENTS = 16;
    private static final int THREADS = 2;

    private final Path file;
    private final SecretKey key = Gcm.freshKey();

    SegmentedFile(Path file) {
        this.file = file;
    }

    /// What one thread does with the strips that it gets.
    private final class Strips {
        private final Gcm gcm = new Gcm(key);
        private final byte[] clear = new byte[SEGMENTS * SEGMENT];
        private final byte[] sealed = new byte[SEGMENTS * SEALED];
        private final ByteBuffer reading = ByteBuffer.allocateDirect(sealed.length);
        private final ByteBuffer writing = ByteBuffer.allocateDirect(sealed.length);

        void seal(FileChannel in, FileChannel out, long strip) throws IOException {
            int length = read(in, strip * clear.length, clear);
            int end = 0;
            for (int segment = 0; segment * SEGMENT < length; segment++) {
                int size = Math.min(SEGMENT, length - segment * SEGMENT);
                end += gcm.seal(strip * SEGMENTS + segment, clear, segment * SEGMENT, size, sealed, end);
            }
            writing.clear().put(sealed, 0, end).flip();
            for (long at = strip * sealed.length; writing.hasRemaining(); ) {
                at += out.write(writing, at);
            }
        }

        void open(FileChannel in, long strip) throws IOException {
            int length = read(in, strip * sealed.length, sealed);
            int end = 0;
            for (int segment = 0; segment * SEALED < length; segment++) {
                int size = Math.min(SEALED, length - segment * SEALED);
                end += gcm.open(strip * SEGMENTS + segment, sealed, segment * SEALED, size, clear, end);
            }
        }

        private int read(FileChannel in, long from, byte[] into) throws IOException {
            int length = (int) Math.min(into.length, in.size() - from);
            reading.clear().limit(length);
            ClearFiles.readFully(in, reading, from);
            reading.flip().get(into, 0, length);
            return length;
        }
    }

    private interface Work {
        void on(Strips strips, long strip) throws IOException;
    }

    private void each(long count, Work work) throws IOException, InterruptedException {
        AtomicLong next = new AtomicLong();
        Callable<Boolean> thread = () -> {
            Strips strips = new Strips();
            for (long strip = next.getAndIncrement(); strip < count; strip = next.getAndIncrement()) {
                work.on(strips, strip);
            }
            return true;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Boolean>> both =
                    IntStream.range(0, THREADS).mapToObj(_ -> thread).toList();
            for (Future<Boolean> done : threads.invokeAll(both)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    private static long strips(long size, int segment) {
        long strip = (long) SEGMENTS * segment;
        return (size + strip - 1) / strip;
    }

    /// Seals a file and forces it to the disk.
    void write(Path source) throws IOException, InterruptedException {
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            each(strips(in.size(), SEGMENT), (strips, strip) -> strips.seal(in, out, strip));
            out.force(true);
        }
    }

    /// Opens all of it.
    void read() throws IOException, InterruptedException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            each(strips(in.size(), SEALED), (strips, strip) -> strips.open(in, strip));
        }
    }

    /// Opens the segments of some pieces. @return how long each took, in seconds
    double[] readAtRandom(RandomReads reads) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = in.size() - strips(in.size(), SEALED) * SEGMENTS * Gcm.OVERHEAD;
            long[] offsets = reads.offsets(size);
            double[] seconds = new double[offsets.length];
            Gcm gcm = new Gcm(key);
            byte[] clear = new byte[SEGMENT];
            byte[] sealed = new byte[SEALED];
            for (int i = 0; i < offsets.length; i++) {
                long start = System.nanoTime();
                long last = (offsets[i] + reads.length() - 1) / SEGMENT;
                for (long segment = offsets[i] / SEGMENT; segment <= last; segment++) {
                    int length = (int) Math.min(SEALED, in.size() - segment * SEALED);
                    ClearFiles.readFully(in, ByteBuffer.wrap(sealed, 0, length), segment * SEALED);
                    gcm.open(segment, sealed, 0, length, clear, 0);
                }
                seconds[i] = Stopwatch.secondsSince(start);
            }
            return seconds;
        }
    }
}
