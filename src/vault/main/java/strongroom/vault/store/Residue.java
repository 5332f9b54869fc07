package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.store.chunk.PackScan;
import strongroom.vault.store.chunk.Tag;

/// Searches the raw files of a store for what must not be there: text in clear, and the names of chunks that were
/// deleted, each of which is the key of bytes that may still lie in a pack.
final class Residue {
    private static final int SLICE = 1 << 20;
    /// Shorter ones are found everywhere by chance.
    private static final int SHORTEST = 6;

    private final Path folder;
    /// Which two first bytes any pattern has: most places are passed by with one look.
    private final boolean[] begins = new boolean[1 << Short.SIZE];
    private final Map<Long, List<byte[]>> patterns = new HashMap<>();
    private final Set<Tag> dead = new HashSet<>();
    private final List<Remains.Finding> found = new ArrayList<>();
    private final VerifyWatch watch;
    private int longest = Digest.SIZE;
    private long deadBytes;
    private long files;
    private long done;
    private long total;

    /// @param planted what to look for, each in the bytes in which it would lie there
    Residue(Path folder, List<byte[]> planted, VerifyWatch watch) {
        this.folder = folder;
        this.watch = watch;
        for (byte[] pattern : planted) {
            if (pattern.length >= SHORTEST) {
                patterns.computeIfAbsent(start(pattern, 0), key -> new ArrayList<>())
                        .add(pattern);
                begins[begin(pattern, 0)] = true;
                longest = Math.max(longest, pattern.length);
            }
        }
    }

    /// Every chunk that something in the tables names.
    static Set<Digest> named(Connection connection) throws SQLException, StoreException {
        try {
            Set<Digest> named = Named.byExchange(connection);
            named.addAll(Places.all(connection));
            return named;
        } catch (MalformedException e) {
            throw Failure.damaged("A change that waits is damaged; see what verify says of it.", e);
        }
    }

    /// @param named see {@link #named}
    Remains run(Set<Digest> named) throws StoreException {
        try {
            Set<Tag> living = new HashSet<>();
            named.forEach(chunk -> living.add(Tag.of(chunk)));
            PackScan.all(folder.resolve("packs"), (tag, place) -> {
                if (!living.contains(tag)) {
                    dead.add(tag);
                    deadBytes += place.length();
                }
            });
            List<Path> all = files();
            for (Path file : all) {
                search(file);
                files++;
                watch.at(files, all.size(), done, total);
            }
            return new Remains(files, done, dead.size(), deadBytes, found);
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    private List<Path> files() throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    all.add(file);
                    total += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }

    private void search(Path file) throws IOException, StoreException {
        boolean pack = file.startsWith(folder.resolve("packs"));
        byte[] buffer = new byte[SLICE + longest];
        Tag.Maker tags = new Tag.Maker();
        try (InputStream in = Files.newInputStream(file)) {
            long before = 0;
            int kept = 0;
            while (true) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Failure.cancelled();
                }
                int count = in.readNBytes(buffer, kept, buffer.length - kept);
                int filled = kept + count;
                boolean end = filled < buffer.length;
                int until = end ? filled : filled - longest;
                for (int at = 0; at < until; at++) {
                    if (at + SHORTEST <= filled && begins[begin(buffer, at)]) {
                        match(file, before + at, buffer, at, filled);
                    }
                    // No pack holds a name of a chunk: their bytes are ciphertext and tags.
                    if (!pack && !dead.isEmpty() && at + Digest.SIZE <= filled && dead.contains(tags.of(buffer, at))) {
                        note(file, before + at, "the name of a chunk that was deleted");
                    }
                }
                done += count;
                if (end) {
                    return;
                }
                System.arraycopy(buffer, until, buffer, 0, filled - until);
                kept = filled - until;
                before += until;
            }
        }
    }

    private void match(Path file, long position, byte[] buffer, int at, int filled) {
        List<byte[]> candidates = patterns.get(start(buffer, at));
        if (candidates == null) {
            return;
        }
        for (byte[] pattern : candidates) {
            int to = at + pattern.length;
            if (to <= filled && Arrays.equals(buffer, at, to, pattern, 0, pattern.length)) {
                note(file, position, "text in clear");
                return;
            }
        }
    }

    private void note(Path file, long position, String what) {
        found.add(new Remains.Finding(folder.relativize(file).toString(), position, what));
    }

    private static int begin(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << Byte.SIZE | bytes[at + 1] & 0xff;
    }

    private static long start(byte[] bytes, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, at, SHORTEST);
        return (long) buffer.getInt() << Short.SIZE | buffer.getShort() & 0xffff;
    }
}
