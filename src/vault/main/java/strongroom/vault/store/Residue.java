package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import org.jspecify.annotations.Nullable;
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
    /// What lies in packs and nothing names, and how long it is.
    private final Map<Tag, Long> dead = new HashMap<>();
    private final List<Found> found = new ArrayList<>();
    private final Database database;
    private final VerifyWatch watch;
    private int longest = Digest.SIZE;
    private long files;
    private long done;
    private long total;

    /// A finding, and the deleted chunk whose name it is; null for text.
    private record Found(Remains.Finding finding, @Nullable Tag name) {}

    /// @param planted what to look for, each in the bytes in which it would lie there
    Residue(Path folder, Database database, List<byte[]> planted, VerifyWatch watch) {
        this.folder = folder;
        this.database = database;
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

    Remains run() throws StoreException {
        try {
            PackScan.all(folder.resolve("packs"), (tag, place) -> dead.merge(tag, (long) place.length(), Long::sum));
            // Asked after the packs were read: bytes come before the name.
            dead.keySet().removeAll(living());
            List<Path> all = files();
            for (Path file : all) {
                search(file);
                files++;
                watch.at(files, all.size(), done, total);
            }
            // What was on its way when the packs were read has its name by now.
            Set<Tag> living = living();
            dead.keySet().removeAll(living);
            List<Remains.Finding> findings = found.stream()
                    .filter(one -> one.name == null || !living.contains(one.name))
                    .map(Found::finding)
                    .toList();
            long deadBytes = dead.values().stream().mapToLong(Long::longValue).sum();
            return new Remains(files, done, dead.size(), deadBytes, findings);
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /// The tags of all chunks that something in the tables names.
    private Set<Tag> living() throws StoreException {
        Set<Tag> living = new HashSet<>();
        database.read(Residue::named).forEach(chunk -> living.add(Tag.of(chunk)));
        return living;
    }

    private static Set<Digest> named(Connection connection) throws SQLException, StoreException {
        try {
            Set<Digest> named = Named.byExchange(connection);
            named.addAll(Places.all(connection));
            return named;
        } catch (MalformedException e) {
            throw Failure.damaged("A change that waits is damaged; see what verify says of it.", e);
        }
    }

    private List<Path> files() throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

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
                    if (!pack && !dead.isEmpty() && at + Digest.SIZE <= filled) {
                        Tag tag = tags.of(buffer, at);
                        if (dead.containsKey(tag)) {
                            note(file, before + at, "the name of a chunk that was deleted", tag);
                        }
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
        } catch (NoSuchFileException e) {
            // It was removed meanwhile: nothing is in it any more.
            files--;
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
                note(file, position, "text in clear", null);
                return;
            }
        }
    }

    private void note(Path file, long position, String what, @Nullable Tag name) {
        String relative = folder.relativize(file).toString();
        found.add(new Found(new Remains.Finding(relative, position, what), name));
    }

    private static int begin(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << Byte.SIZE | bytes[at + 1] & 0xff;
    }

    private static long start(byte[] bytes, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, at, SHORTEST);
        return (long) buffer.getInt() << Short.SIZE | buffer.getShort() & 0xffff;
    }
}
