// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cryptomator.cryptofs.CryptoFileSystemProperties;
import org.cryptomator.cryptofs.CryptoFileSystemProvider;
import org.cryptomator.cryptolib.api.Masterkey;
import org.cryptomator.cryptolib.common.MasterkeyFileAccess;

/// Cryptomator's cryptofs, for the benchmark to talk to: a program of its own that is no part of the product, is not
/// shipped with it, and has this licence because it links to cryptofs.
///
/// A line on standard input is a command with what it takes, separated by tabs; the answer is a line of seconds, measured
/// in here. It has one vault at a time. Standard error says what failed, and the program ends.
final class CryptofsPeer {
    private static final String PASSWORD = "correct horse battery";
    private static final int PART = 1 << 20;

    private final ByteBuffer buffer = ByteBuffer.allocate(PART);
    private final SecureRandom random = new SecureRandom();
    private Path vault;
    private Masterkey key;
    private FileSystem files;

    public static void main(String[] arguments) throws Exception {
        CryptofsPeer peer = new CryptofsPeer();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            double[] seconds = peer.answer(List.of(line.split("\t", -1)));
            System.out.println(Arrays.stream(seconds)
                    .mapToObj(figure -> String.format(Locale.ROOT, "%.9f", figure))
                    .collect(Collectors.joining(" ")));
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double[] time(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return new double[] {since(start)};
    }

    private double[] answer(List<String> words) throws Exception {
        return switch (words.getFirst()) {
            case "create" -> time(() -> create(Path.of(words.get(1))));
            case "warm" -> time(() -> warm(Path.of(words.get(1))));
            case "import-file" -> time(() -> copy(Path.of(words.get(1)), in(words.get(2)), true));
            case "import-folder" -> time(() -> copyAll(Path.of(words.get(1)), in(words.get(2))));
            case "read-file" -> time(() -> read(in(words.get(1))));
            case "read-folder" -> time(() -> readAll(in(words.get(1))));
            case "random" ->
                random(
                        in(words.get(1)),
                        Integer.parseInt(words.get(2)),
                        Integer.parseInt(words.get(3)),
                        Long.parseLong(words.get(4)));
            case "open" -> open();
            case "unlock" -> unlock();
            case "list" -> list(words.get(1), false);
            case "list-all" -> list(words.get(1), true);
            case "close" -> time(() -> files.close());
            default -> throw new IllegalArgumentException(words.getFirst());
        };
    }

    private Path in(String name) {
        return files.getPath("/" + name);
    }

    private MasterkeyFileAccess access() {
        return new MasterkeyFileAccess(new byte[0], random);
    }

    private Path keyFile() {
        return vault.resolve("masterkey.cryptomator");
    }

    private void create(Path folder) throws Exception {
        vault = Files.createDirectories(folder);
        key = Masterkey.generate(random);
        access().persist(key, keyFile(), PASSWORD);
        CryptoFileSystemProvider.initialize(
                vault,
                CryptoFileSystemProperties.cryptoFileSystemProperties()
                        .withKeyLoader(id -> key.copy())
                        .build(),
                URI.create("bench:key"));
        openWith(key);
    }

    private void openWith(Masterkey with) throws IOException {
        files = CryptoFileSystemProvider.newFileSystem(
                vault,
                CryptoFileSystemProperties.cryptoFileSystemProperties()
                        .withKeyLoader(id -> with.copy())
                        .build());
    }

    private double[] open() throws IOException {
        files.close();
        long start = System.nanoTime();
        openWith(key);
        double opened = since(start);
        sizes(Files.list(in("")));
        return new double[] {opened, since(start)};
    }

    private double[] unlock() throws Exception {
        files.close();
        return time(() -> {
            openWith(access().load(keyFile(), PASSWORD));
            sizes(Files.list(in("")));
        });
    }

    /// Writes and reads what is thrown away, until the machine code is there.
    private void warm(Path folder) throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        for (int i = 0; i < 300; i++) {
            Files.write(source.resolve("small " + i), new byte[40_000]);
        }
        Path large = Files.write(folder.resolve("large"), new byte[128 << 20]);
        create(folder.resolve("kept"));
        for (int i = 0; i < 3; i++) {
            copy(large, in("large"), true);
            read(in("large"));
            copyAll(source, in("small " + i));
            readAll(in("small " + i));
        }
        files.close();
    }

    private void copy(Path from, Path to, boolean force) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(
                        to,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            while (source.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    target.write(buffer);
                }
            }
            if (force) {
                target.force(true);
            }
        }
    }

    /// Durable by the file system below, which is told once.
    private void copyAll(Path from, Path to) throws Exception {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path source : (Iterable<Path>) walk::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    copy(source, target, false);
                }
            }
        }
        if (new ProcessBuilder("sync", "-f", vault.toString()).start().waitFor() != 0) {
            throw new IOException("sync failed");
        }
    }

    private void read(Path file) throws IOException {
        try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
            while (source.read(buffer.clear()) >= 0) {
                // What it says does not matter.
            }
        }
    }

    private void readAll(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                read(file);
            }
        }
    }

    private static double[] random(Path file, int count, int length, long seed) throws IOException {
        try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
            long[] offsets = new Random(seed).longs(count, 0, source.size() - length).toArray();
            double[] seconds = new double[count];
            ByteBuffer piece = ByteBuffer.allocate(length);
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                piece.clear();
                while (piece.hasRemaining() && source.read(piece, offsets[i] + piece.position()) >= 0) {
                    // Until the piece is whole.
                }
                seconds[i] = since(start);
            }
            return seconds;
        }
    }

    private double[] list(String name, boolean all) throws Exception {
        files.close();
        openWith(key);
        return time(() -> sizes(all ? Files.walk(in(name)) : Files.list(in(name))));
    }

    private static long sizes(Stream<Path> entries) throws IOException {
        try (entries) {
            long bytes = 0;
            for (Path entry : (Iterable<Path>) entries::iterator) {
                bytes += Files.readAttributes(entry, BasicFileAttributes.class).size();
            }
            return bytes;
        }
    }
}
