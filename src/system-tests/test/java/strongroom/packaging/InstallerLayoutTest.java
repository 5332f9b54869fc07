package strongroom.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import strongroom.repository.Repository;

/// What can be known of the installers without building them, also of those for other systems.
final class InstallerLayoutTest {
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    private static final List<String> SCRIPTS = List.of("packaging/client.sh", "packaging/client.ps1");

    @Test
    void jpackageKnowsEveryOptionOfItsArgumentFile() throws IOException {
        Set<String> unknown = optionsIn(lines("jpackage.cfg").stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith("--java-options"))
                .toList());
        unknown.removeAll(knownOptions());

        assertEquals(Set.of(), unknown);
    }

    @Test
    void jpackageKnowsEveryOptionThatTheScriptsAdd() throws IOException {
        Set<String> unknown = new TreeSet<>();
        for (String script : SCRIPTS) {
            unknown.addAll(optionsIn(lines(script).stream()
                    .dropWhile(line -> !line.contains("@jpackage.cfg") || line.startsWith("#"))
                    .filter(line -> !line.contains("dpkg"))
                    .toList()));
        }
        unknown.removeAll(knownOptions());

        assertEquals(Set.of(), unknown);
    }

    @Test
    void everyFileThatTheInstallersNameExists() throws IOException {
        Repository repository = Repository.here();
        var path = Pattern.compile("\\b(?:packaging|icons)/[\\w./-]*\\w");
        Set<String> missing = new TreeSet<>();
        for (String file : List.of("jpackage.cfg", "packaging/client.sh", "packaging/client.ps1")) {
            String text = String.join("\n", lines(file)).replace('\\', '/').replace("packaging/$system", "packaging");
            path.matcher(text)
                    .results()
                    .map(match -> match.group())
                    .filter(name -> !Files.exists(repository.root().resolve(name)))
                    .forEach(name -> missing.add(file + ": " + name));
        }

        assertEquals(Set.of(), missing);
    }

    @Test
    void theArgumentFileHoldsOneOptionPerLine() throws IOException {
        List<String> crowded = lines("jpackage.cfg").stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .filter(line -> !line.startsWith("--") || line.substring(2).contains(" --"))
                .toList();

        assertEquals(List.of(), crowded);
    }

    // The help texts of all systems are in the module of every JDK; `jpackage --help` prints one of them.
    private static Set<String> knownOptions() throws IOException {
        Path help = Path.of(URI.create("jrt:/jdk.jpackage/jdk/jpackage/internal/resources/HelpResources.properties"));
        return optionsIn(Files.readAllLines(help));
    }

    private static Set<String> optionsIn(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.strip().startsWith("#"))
                .flatMap(line -> OPTION.matcher(line).results())
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> lines(String file) throws IOException {
        return Repository.here().read(Path.of(file)).lines().toList();
    }
}
