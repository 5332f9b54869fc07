package strongroom.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import strongroom.repository.Repository;

/// The .deb from its making to its removal. Installing needs root, so whoever is not sees this test aborted.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class InstallerIT {
    private static final Path INSTALLED = Path.of("/opt/strongroom");
    // What other code would need to get into the program: a debugger's or a Java agent's module, a compiler.
    private static final Pattern DOOR_FOR_OTHERS = Pattern.compile(
            "java\\.instrument|java\\.management.*|jdk\\.(attach|jdwp\\.agent|jcmd|jdi|compiler|jshell).*");

    @TempDir
    private static Path unpacked = Path.of("");

    private static Path root = Path.of("");
    private static boolean ours;

    @BeforeAll
    static void buildAndUnpack() throws IOException, InterruptedException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.exists(Path.of("/etc/debian_version")),
                "Installing the package takes root on Debian; run the tests as root to check the installer.");
        assumeFalse(
                Files.exists(INSTALLED),
                "A Strongroom is installed on this machine; remove it to check the installer.");
        ours = true;
        Repository repository = Repository.here();
        root = repository.root();
        Path deb = Deb.upToDate(repository);
        Command.output("dpkg-deb", "-x", deb.toString(), unpacked.toString());
    }

    @AfterAll
    static void remove() throws IOException, InterruptedException {
        if (ours && Files.exists(INSTALLED)) {
            Command.output("dpkg", "--purge", "strongroom");
        }
    }

    @Test
    @Order(1)
    void holdsNothingOfTheServer() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path jar : jars()) {
            try (var zip = new ZipFile(jar.toFile())) {
                zip.stream()
                        .filter(entry -> entry.getName().startsWith("strongroom/server/"))
                        .forEach(entry -> found.add(jar.getFileName() + ": " + entry.getName()));
            }
        }

        assertEquals(Set.of(), found);
        assertTrue(jars().stream().anyMatch(jar -> jar.endsWith("strongroom-desktop.jar")));
    }

    @Test
    @Order(1)
    void itsRuntimeHasJavaFxAndNoDoorForOtherCode() throws IOException {
        String release = Files.readString(in("lib/runtime/release"));
        List<String> modules =
                List.of(release.replaceAll("(?s).*MODULES=\"([^\"]*)\".*", "$1").split(" "));

        assertTrue(modules.containsAll(List.of("java.base", "javafx.graphics", "javafx.controls")), release);
        assertEquals(
                List.of(),
                modules.stream()
                        .filter(module -> DOOR_FOR_OTHERS.matcher(module).matches())
                        .toList());
    }

    @Test
    @Order(1)
    void itsLaunchersAreHardened() throws IOException, InterruptedException {
        for (String launcher : List.of("bin/strongroom", "bin/strongroom-cli")) {
            String headers = Command.output("readelf", "-Wlhd", in(launcher).toString());

            assertTrue(headers.contains("DYN (Position-Independent Executable file)"), headers);
            assertTrue(headers.contains("GNU_RELRO") && headers.contains("BIND_NOW"), headers);
            assertTrue(headers.contains("GNU_STACK"), headers);
        }
    }

    @Test
    @Order(1)
    void noNativeCodeInItHasAnExecutableStack() throws IOException, InterruptedException {
        Set<Path> weak = new TreeSet<>();
        for (Path file : files()) {
            if (isNative(file) && executableStack(Command.output("readelf", "-Wl", file.toString()))) {
                weak.add(file);
            }
        }

        assertEquals(Set.of(), weak);
    }

    @Test
    @Order(1)
    void noFileInItCanBeChangedByOthers() throws IOException {
        Set<Path> writable = new TreeSet<>();
        for (Path file : files()) {
            String permissions = Files.getPosixFilePermissions(file).toString();
            if (permissions.contains("OTHERS_WRITE") || permissions.contains("GROUP_WRITE")) {
                writable.add(file);
            }
        }

        assertEquals(Set.of(), writable);
    }

    @Test
    @Order(2)
    void installsOpensItsWindowUnpacksNothingAndGoesAgain(@TempDir Path home) throws IOException, InterruptedException {
        assumeTrue(
                System.getenv("DISPLAY") != null, "A window needs a display; ./strongroom test brings one of its own.");
        Command.output("dpkg", "-i", Deb.file(root).toString());
        assertTrue(Files.exists(Path.of("/usr/share/applications/strongroom-strongroom.desktop")));
        assertTrue(Files.exists(Path.of("/usr/lib/udev/rules.d/70-strongroom-tpm.rules")));
        Command.output("desktop-file-validate", "/usr/share/applications/strongroom-strongroom.desktop");

        Set<String> libraries;
        try (var program = InstalledProgram.start("/usr/bin/strongroom", home)) {
            program.awaitWindow();
            libraries = program.mappedLibraries();
        }
        assertTrue(libraries.stream().anyMatch(path -> path.startsWith(INSTALLED + "/lib/runtime/lib/libglass")));
        assertEquals(
                Set.of(),
                libraries.stream()
                        .filter(path -> !path.startsWith(INSTALLED + "/") && !path.matches("(/usr)?/lib/.*"))
                        .collect(Collectors.toSet()));
        assertEquals(Set.of(), nativeFilesBelow(home));
        Command help = commandLine(home, "--help");
        assertEquals(0, help.exitCode(), help.output());
        assertTrue(help.output().contains("enrol"), help.output());

        Command.output("dpkg", "-r", "strongroom");
        assertFalse(Files.exists(INSTALLED));
        assertFalse(Files.exists(Path.of("/usr/bin/strongroom")));
        assertFalse(Files.exists(Path.of("/usr/share/applications/strongroom-strongroom.desktop")));
        assertFalse(Files.exists(Path.of("/usr/lib/udev/rules.d/70-strongroom-tpm.rules")));
    }

    private static Command commandLine(Path home, String... words) throws IOException, InterruptedException {
        return Command.run(
                home,
                Duration.ofMinutes(1),
                InstalledProgram.environment(home),
                Stream.concat(Stream.of("/usr/bin/strongroom"), Stream.of(words))
                        .toList());
    }

    private static Set<String> nativeFilesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString)
                    .filter(path -> path.matches(".*\\.so(\\.\\d+)*"))
                    .collect(Collectors.toSet());
        }
    }

    private static boolean executableStack(String headers) {
        return headers.lines().anyMatch(line -> line.contains("GNU_STACK") && line.contains("RWE"));
    }

    private static boolean isNative(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("\177ELF");
        }
    }

    private static List<Path> jars() throws IOException {
        return files().stream().filter(file -> file.toString().endsWith(".jar")).toList();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(in(""))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static Path in(String path) {
        return unpacked.resolve("opt/strongroom").resolve(path);
    }
}
