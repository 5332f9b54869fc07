package strongroom.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import strongroom.vault.platform.Product;

final class RepositoryTest {
    private static final Set<String> NONE = Set.of();
    // Written in pieces, or this file would name them. A path that follows other text ($folder/work) is meant by
    // nobody.
    private static final Pattern BUILDERS_PATH =
            Pattern.compile("(?<![\\w})\\]$.~*/-])/(?:wor" + "k|roo" + "t)/|/tmp/" + "bash_");

    private static Repository repository = new Repository(Path.of(""), List.of());

    @BeforeAll
    static void look() throws IOException {
        repository = Repository.here();
    }

    @Test
    void everyDecisionIsInTheIndexAndTheirNumbersHaveNoGap() throws IOException {
        List<Path> decisions =
                repository.matching("docs/adr/\\d{4}-.*\\.md").stream().sorted().toList();
        String index = repository.read(Path.of("docs", "adr", "README.md"));

        Set<String> unlisted = decisions.stream()
                .map(RepositoryTest::name)
                .filter(name -> !index.contains("(" + name + ")"))
                .collect(Collectors.toSet());

        assertEquals(NONE, unlisted);
        assertEquals(
                IntStream.rangeClosed(1, decisions.size())
                        .mapToObj("%04d"::formatted)
                        .toList(),
                decisions.stream().map(path -> name(path).substring(0, 4)).toList());
    }

    @Test
    void everyDecisionNamesWhatConfirmsIt() throws IOException {
        Set<Path> silent = new TreeSet<>();
        for (Path decision : repository.matching("docs/adr/\\d{4}-.*\\.md")) {
            if (!repository.read(decision).contains("**Confirmation.**")) {
                silent.add(decision);
            }
        }

        assertEquals(Set.of(), silent);
    }

    @Test
    void devicesReportTheVersionOfThePom() throws IOException {
        String pom = repository.read(Path.of("pom.xml"));

        assertTrue(pom.contains("<version>" + Product.VERSION + "</version>"), Product.VERSION);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<Path> silent = new TreeSet<>();
        for (Path source : repository.matching("src/[^/]+/main/java/.+/[A-Z]\\w*\\.java")) {
            Path description = source.resolveSibling("package-info.java");
            if (!repository.files().contains(description)) {
                silent.add(description);
            }
        }

        assertEquals(Set.of(), silent);
    }

    @Test
    void noFileNamesAFolderOfTheMachineItWasWrittenOn() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : repository.files()) {
            if (isText(file)) {
                BUILDERS_PATH
                        .matcher(repository.read(file))
                        .results()
                        .forEach(match -> found.add(file + ": " + match.group()));
            }
        }

        assertEquals(NONE, found);
    }

    private static boolean isText(Path file) throws IOException {
        try (var in = Files.newInputStream(repository.root().resolve(file))) {
            byte[] start = in.readNBytes(4096);
            for (byte b : start) {
                if (b == 0) {
                    return false;
                }
            }
        }
        return !name(file).matches(".*\\.(png|ico|icns|pdf|jpg|jpeg|ttf|otf|zip|bin)");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
