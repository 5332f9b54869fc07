package strongroom.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Names and pieces of content that must be nowhere in clear, looked for byte by byte in UTF-8 and UTF-16. The search
/// must find them in the source itself, or it proves nothing.
final class Needles {
    private static final int PIECE = 24;
    private static final int SHORTEST_NAME = 8;
    private static final int MOST = 400;

    private final Path source;
    private final Map<String, byte[]> needles = new LinkedHashMap<>();

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
        byte[] content = Files.readAllBytes(file);
        if (content.length < 4 * PIECE) {
            return;
        }
        int from = content.length / 2;
        byte[] piece = Arrays.copyOfRange(content, from, from + PIECE);
        if (new String(piece, StandardCharsets.ISO_8859_1).chars().distinct().count() > PIECE / 3) {
            needles.put("content of " + file.getFileName(), piece);
        }
    }

    /// @return what was searched @throws IOException naming what was found, and where
    String absentFrom(List<Path> places) throws IOException {
        if (found(List.of(source)).stream().noneMatch(hit -> hit.startsWith("content"))) {
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

    /// Files of our processes in the temp folder; the journey's own folders are searched by name.
    private List<Path> freshInTemp() throws IOException {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> entries = Files.list(temp)) {
            return entries.filter(Files::isReadable)
                    .filter(entry -> !source.toAbsolutePath().startsWith(entry.toAbsolutePath()))
                    .filter(entry -> {
                        String name = String.valueOf(entry.getFileName());
                        return name.contains("strongroom") || name.contains("pdfbox") || name.contains("sqlite");
                    })
                    .toList();
        }
    }

    private List<String> found(List<Path> places) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                byte[] content = Files.readAllBytes(file);
                needles.forEach((what, needle) -> {
                    if (contains(content, needle)) {
                        found.add(what + " in " + file);
                    }
                });
            }
        }
        return found;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(Files::isReadable).toList();
        }
    }

    private static boolean contains(byte[] content, byte[] needle) {
        int last = content.length - needle.length;
        for (int i = 0; i <= last; i++) {
            if (content[i] == needle[0] && Arrays.equals(content, i, i + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }
}
