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
import java.util.Map;
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
    private static final String DESKTOP_ENTRY = "/usr/share/applications/strongroom-strongroom.desktop";
    private static final List<String> AROUND =
            List.of("/usr/bin/strongroom", DESKTOP_ENTRY, "/usr/lib/udev/rules.d/70-strongroom-tpm.rules");
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
        for (String launcher : List.of("bin/strongroom", "bin/strongroom-cli", "bin/strongroom-agent")) {
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
    void installs() throws IOException, InterruptedException {
        Command.output("dpkg", "-i", Deb.file(root).toString());

        for (String file : AROUND) {
            assertTrue(Files.exists(Path.of(file)), file);
        }
        Command.output("desktop-file-validate", DESKTOP_ENTRY);
    }

    @Test
    @Order(3)
    void opensItsWindowAndUnpacksNothing(@TempDir Path home) throws IOException, InterruptedException {
        assumeTrue(
                System.getenv("DISPLAY") != null, "A window needs a display; ./strongroom test brings one of its own.");

        Set<String> libraries;
        try (var program = InstalledProgram.start("/usr/bin/strongroom", home)) {
            program.awaitWindow();
            libraries = program.mappedLibraries();
        }

        assertTrue(libraries.stream().anyMatch(path -> path.startsWith(INSTALLED + "/lib/runtime/lib/libglass")));
        assertEquals(Set.of(), foreign(libraries));
        assertEquals(Set.of(), nativeFilesBelow(home));
    }

    @Test
    @Order(3)
    void startsFromTheClassesThatWereLoadedBeforehand(@TempDir Path home) throws IOException, InterruptedException {
        Command started = Command.run(
                home,
                Duration.ofMinutes(1),
                Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on"), // refuses to start without them
                List.of(INSTALLED + "/bin/strongroom-cli", "--version"));

        assertEquals(0, started.exitCode(), started.output());
    }

    @Test
    @Order(3)
    void enrolsAndSynchronisesWithItsOwnAgent(@TempDir Path folder) throws IOException, InterruptedException {
        Path home = folder.resolve("home");
        Path document = Files.writeString(folder.resolve("offer.txt"), "An offer.");
        try (var server = ThrowawayServer.start(folder)) {
            String code = server.codeFor("Anna Keller");

            commandLine(folder, home, "enrol", "--server", server.url(), "--code", code);
            commandLine(folder, home, "add", document.toString());
            commandLine(folder, home, "sync");
            String listing = commandLine(folder, home, "ls");

            assertTrue(listing.contains("offer.txt"), listing);
            ProcessHandle agent = agentOf(home);
            Set<String> libraries = InstalledProgram.librariesOf(agent.pid());
            assertTrue(libraries.contains(INSTALLED + "/lib/app/native/libsqlitejdbc.so"), libraries.toString());
            assertEquals(Set.of(), foreign(libraries));
            agent.destroy();
            agent.onExit().join();
        }
    }

    @Test
    @Order(4)
    void goesWithoutATrace() throws IOException, InterruptedException {
        Command.output("dpkg", "-r", "strongroom");

        assertFalse(Files.exists(INSTALLED));
        for (String file : AROUND) {
            assertFalse(Files.exists(Path.of(file)), file);
        }
    }

    private static ProcessHandle agentOf(Path home) throws IOException {
        // The command line of a process is cut in what Java tells of others; /proc has all of it.
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path words = Path.of("/proc/" + process.pid() + "/cmdline");
            if (Files.isReadable(words)) {
                String line = Files.readString(words, StandardCharsets.ISO_8859_1);
                if (line.startsWith(INSTALLED + "/bin/strongroom-agent") && line.contains(home.toString())) {
                    return process;
                }
            }
        }
        throw new IOException("No agent of the installed program runs for " + home);
    }

    /// The installed command line on a home; without a TPM, which is another test's subject.
    private static String commandLine(Path folder, Path home, String... words)
            throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of("/usr/bin/strongroom", "--home", home.toString(), "--tpm", "none", "--pin-stdin"),
                        Stream.of(words))
                .toList();
        Command done = Command.run(
                folder, Duration.ofMinutes(2), InstalledProgram.environment(folder), command, "blue kettle 42\n");
        assertEquals(0, done.exitCode(), done.output());
        return done.output();
    }

    private static Set<String> foreign(Set<String> libraries) {
        return libraries.stream()
                .filter(path -> !path.startsWith(INSTALLED + "/") && !path.matches("(/usr)?/lib/.*"))
                .collect(Collectors.toSet());
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
