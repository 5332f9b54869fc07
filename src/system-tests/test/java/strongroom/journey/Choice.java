package strongroom.journey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;
import strongroom.journey.Reading.Look;

/// Chooses what to open in somebody's folder: a text, a picture and a PDF that are well, if there are any; a PDF and a
/// picture that are damaged, and an empty document, if there are any.
final class Choice {
    /// So many of a kind are looked into before the kind is given up.
    private static final int CANDIDATES = 400;

    private static final long LARGEST = 4_000_000;
    private static final long COMFORTABLE = 300_000;
    private static final int LONGEST_NAME = 60;
    private static final int LOOKING_SECONDS = 5;

    private static final Set<String> TEXTS = Set.of("txt", "md", "csv", "log");
    private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "gif", "bmp");
    private static final Set<String> PDFS = Set.of("pdf");

    /// @param file below the folder @param size in bytes
    private record Candidate(Path file, long size) {
        String ending() {
            String name = String.valueOf(file.getFileName());
            return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        }
    }

    /// What is to be read of a document that is well. @return null for one that is not
    private interface Judge {
        @Nullable
        Reading judge(Path document, byte[] content) throws IOException;
    }

    private final Path folder;
    private final List<Candidate> candidates;

    private Choice(Path folder, List<Candidate> candidates) {
        this.folder = folder;
        this.candidates = candidates;
    }

    /// @return in the order in which to open them; empty if the folder holds nothing that can be opened
    static List<Reading> in(Path folder) throws IOException {
        Choice choice = new Choice(folder, candidates(folder));
        List<Reading> readings = new ArrayList<>();
        choice.choose(TEXTS, Choice::text, readings);
        choice.choose(PICTURES, Choice::picture, readings);
        choice.choose(PDFS, Choice::pdf, readings);
        choice.candidates.stream()
                .filter(candidate -> candidate.size == 0)
                .findFirst()
                .ifPresent(empty -> readings.add(new Reading(empty.file, Look.ANY, "")));
        return readings;
    }

    /// The first one that is well, and before it the first one that is not.
    private void choose(Set<String> endings, Judge judge, List<Reading> readings) throws IOException {
        List<Candidate> some = candidates.stream()
                .filter(candidate -> candidate.size > 0 && candidate.size <= LARGEST)
                .filter(candidate -> endings.contains(candidate.ending()))
                .limit(CANDIDATES)
                .toList();
        boolean damagedChosen = false;
        for (Candidate candidate : some) {
            byte[] content = Files.readAllBytes(folder.resolve(candidate.file));
            Reading well = patiently(() -> judge.judge(candidate.file, content));
            if (well != null) {
                readings.add(well);
                return;
            }
            if (!damagedChosen) {
                readings.add(new Reading(candidate.file, Look.ANY, ""));
                damagedChosen = true;
            }
        }
    }

    private interface Looking {
        @Nullable
        Reading look() throws IOException;
    }

    /// Damaged documents may keep a decoder busy for ever.
    private static @Nullable Reading patiently(Looking looking) {
        CompletableFuture<@Nullable Reading> seen = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                seen.complete(looking.look());
            } catch (IOException | RuntimeException | StackOverflowError damaged) {
                seen.complete(null);
            }
        });
        try {
            return seen.get(LOOKING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException endless) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static @Nullable Reading text(Path document, byte[] content) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException otherEncoding) {
            return null;
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && "\t\r\n\f".indexOf(c) < 0)) {
            return null;
        }
        String first = text.lines()
                .limit(5)
                .map(String::strip)
                .filter(line -> line.length() > 2 && isPlain(line))
                .findFirst()
                .orElse("");
        return new Reading(document, Look.TEXT, first.substring(0, Math.min(40, first.length())));
    }

    private static @Nullable Reading picture(Path document, byte[] content) throws IOException {
        var image = ImageIO.read(new java.io.ByteArrayInputStream(content));
        return image == null ? null : new Reading(document, Look.PICTURE, "");
    }

    private static @Nullable Reading pdf(Path document, byte[] content) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(content)) {
            int pages = pdf.getNumberOfPages();
            return pages == 0 ? null : new Reading(document, Look.PDF, "1 of " + pages);
        }
    }

    /// Every document that a person would find by its name, the easiest to reach and to read first.
    private static List<Candidate> candidates(Path folder) throws IOException {
        List<Candidate> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                return below.equals(folder) || isPlain(name(below))
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && Files.isReadable(file) && isPlain(name(file))) {
                    found.add(new Candidate(folder.relativize(file), attributes.size()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                return FileVisitResult.CONTINUE;
            }
        });
        Map<String, Integer> alike = new HashMap<>();
        found.forEach(candidate -> alike.merge(key(candidate.file), 1, Integer::sum));
        found.removeIf(candidate -> alike.getOrDefault(key(candidate.file), 0) > 1);
        found.sort(Comparator.comparing((Candidate candidate) -> candidate.file.getNameCount())
                .thenComparing(candidate -> candidate.size > COMFORTABLE)
                .thenComparing(candidate -> -candidate.size)
                .thenComparing(Candidate::file));
        return found;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /// Names that differ in case or accents only: one of them gets a number in the vault.
    private static String key(Path path) {
        return Normalizer.normalize(path.toString(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /// Fits on one line of the list and has nothing in it that is shown as something else.
    static boolean isPlain(String name) {
        return name.length() <= LONGEST_NAME
                && name.equals(name.strip())
                && name.codePoints()
                        .allMatch(point -> Character.isLetterOrDigit(point) || " .,;:()[]-_+=&'#@".indexOf(point) >= 0);
    }
}
