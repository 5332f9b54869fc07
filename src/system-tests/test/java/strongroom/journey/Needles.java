package strongroom.journey;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Names and pieces of content that must be nowhere in clear, looked for byte by byte in UTF-8 and UTF-16. The search
/// must find them in the source itself, or it proves nothing.
final class Needles {
    private static final int PIECE = 24;
    private static final int SHORTEST_NAME = 8;
    private static final int MOST = 400;
    private static final int BLOCK = 1 << 20;

    private final Path source;
    private final Map<String, byte[]> needles = new LinkedHashMap<>();
    private final FileTime begun = FileTime.from(Instant.now());

    private Needles(Path source) {
        this.source = source;
    }

    static Needles of(Path source) throws IOException {
        Needles needles = new Needles(source);
        for (Path file : files(source)) {
            if (needles.needles.size() >= MOST) {
                break;
            }
            needles.name(String.valueOf(file.getFileName()));
            needles.piece(file);
        }
        return needles;
    }

    private void name(String name) {
        if (name.length() >= SHORTEST_NAME) {
            needles.put("name in UTF-8: " + name, name.getBytes(StandardCharsets.UTF_8));
            needles.put("name in UTF-16: " + name, name.getBytes(StandardCharsets.UTF_16LE));
        }
    }

    /// A piece from the middle of the content, unless it says nothing (blanks, zeros, one letter again and again).
    private void piece(Path file) throws IOException {
        if (Files.size(file) < 4 * PIECE) {
            return;
        }
        byte[] piece;
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Files.size(file) / 2);
            piece = in.readNBytes(PIECE);
        }
        if (new String(piece, StandardCharsets.ISO_8859_1).chars().distinct().count() > PIECE / 3) {
            needles.put("content of " + file.getFileName(), piece);
        }
    }

    /// Before anything is imported: a document may be called what a log or a table of the product is called anyway.
    void leaveOutWhatIsIn(List<Path> places) throws IOException {
        for (Path place : places) {
            for (Path file : files(place)) {
                needles.keySet().removeAll(foundIn(file));
            }
        }
    }

    /// @return what was searched @throws IOException naming what was found, and where
    String absentFrom(List<Path> places) throws IOException {
        if (needles.isEmpty()) {
            return "the folder holds nothing that could be told from other bytes";
        }
        boolean ofContent = needles.keySet().stream().anyMatch(what -> what.startsWith("content"));
        if (ofContent && found(List.of(source)).stream().noneMatch(hit -> hit.startsWith("content"))) {
            throw new IOException("the search does not find the content where it is, so it proves nothing");
        }
        List<Path> all = new ArrayList<>(places);
        all.addAll(freshInTemp());
        List<String> found = found(all);
        if (!found.isEmpty()) {
            throw new IOException("in clear: " + found);
        }
        return needles.size() + " names and pieces of content are nowhere in clear";
    }

    /// What our processes left in the temp folder since; the journey's own folders are searched by name.
    private List<Path> freshInTemp() throws IOException {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> entries = Files.list(temp)) {
            return entries.filter(Files::isReadable)
                    .filter(entry -> !source.toAbsolutePath().startsWith(entry.toAbsolutePath()))
                    .filter(entry -> {
                        String name = String.valueOf(entry.getFileName());
                        return name.contains("strongroom") || name.contains("pdfbox") || name.contains("sqlite");
                    })
                    .filter(this::isNewer)
                    .toList();
        }
    }

    private boolean isNewer(Path entry) {
        try {
            return Files.readAttributes(entry, BasicFileAttributes.class)
                            .creationTime()
                            .compareTo(begun)
                    >= 0;
        } catch (IOException goneMeanwhile) {
            return false;
        }
    }

    private List<String> found(List<Path> places) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                foundIn(file).forEach(what -> found.add(what + " in " + file));
            }
        }
        return found;
    }

    /// Blocks overlap, so that nothing is missed where two of them meet.
    private Set<String> foundIn(Path file) throws IOException {
        int overlap = needles.values().stream()
                .mapToInt(needle -> needle.length)
                .max()
                .orElse(0);
        Map<Integer, List<Map.Entry<String, byte[]>>> byStart = byStart();
        BitSet starts = new BitSet();
        byStart.keySet().forEach(start -> starts.set(start >>> 16));
        Set<String> found = new LinkedHashSet<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
            byte[] kept = new byte[0];
            for (byte[] read = in.readNBytes(BLOCK); read.length > 0; read = in.readNBytes(BLOCK)) {
                byte[] block = Arrays.copyOf(kept, kept.length + read.length);
                System.arraycopy(read, 0, block, kept.length, read.length);
                search(block, starts, byStart, found);
                kept = Arrays.copyOfRange(block, Math.max(0, block.length - overlap), block.length);
            }
        } catch (NoSuchFileException goneMeanwhile) {
            // A database's journal comes and goes.
            return found;
        }
        return found;
    }

    /// @param starts the first two bytes of every needle: most places are passed by for these
    private static void search(
            byte[] block, BitSet starts, Map<Integer, List<Map.Entry<String, byte[]>>> byStart, Set<String> found) {
        for (int i = 0; i + 3 < block.length; i++) {
            if (!starts.get((block[i] & 0xFF) << 8 | block[i + 1] & 0xFF)) {
                continue;
            }
            for (Map.Entry<String, byte[]> needle : byStart.getOrDefault(start(block, i), List.of())) {
                byte[] bytes = needle.getValue();
                int end = i + bytes.length;
                if (end <= block.length && Arrays.equals(block, i, end, bytes, 0, bytes.length)) {
                    found.add(needle.getKey());
                }
            }
        }
    }

    /// Every needle has four bytes at least.
    private Map<Integer, List<Map.Entry<String, byte[]>>> byStart() {
        Map<Integer, List<Map.Entry<String, byte[]>>> byStart = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> needle : needles.entrySet()) {
            byStart.computeIfAbsent(start(needle.getValue(), 0), _ -> new ArrayList<>())
                    .add(needle);
        }
        return byStart;
    }

    private static int start(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }

    /// What cannot be read is left out: it was not imported either. What goes while it is looked for was not left.
    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (!Files.exists(folder)) {
            return files;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && Files.isReadable(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }
}
