package strongroom.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import strongroom.journey.Client;
import strongroom.journey.Office;
import strongroom.journey.Screen;
import strongroom.journey.TempFolder;
import strongroom.repository.Repository;

/// The .deb on this machine: installed, used by a person, upgraded and removed. Installing needs root; anybody else
/// sees this test skipped.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class InstallerIT {
    private static final Path INSTALLED = Path.of("/opt/strongroom");
    private static final List<Path> AROUND = List.of(
            Path.of("/etc/xdg/autostart/strongroom-agent.desktop"),
            Path.of("/usr/bin/strongroom"),
            Path.of("/usr/share/applications/strongroom.desktop"),
            Path.of("/usr/lib/udev/rules.d/70-strongroom-tpm.rules"),
            Path.of("/usr/share/doc/strongroom"));

    private static Path deb = Path.of("");
    private static Path folder = Path.of("");
    private static boolean ours;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.exists(Path.of("/etc/debian_version")),
                "Installing the package takes root on Debian; run the tests as root to check the installer.");
        assumeFalse(
                Files.exists(INSTALLED),
                "A Strongroom is installed on this machine; remove it to check the installer.");
        deb = Deb.upToDate(Repository.here());
        folder = TempFolder.make();
        ours = true;
    }

    @AfterAll
    static void remove() throws IOException, InterruptedException {
        if (ours) {
            if (Files.exists(INSTALLED)) {
                Command.output("dpkg", "--purge", "strongroom");
            }
            TempFolder.remove(folder);
        }
    }

    @BeforeEach
    void installed() throws IOException, InterruptedException {
        if (!Files.exists(INSTALLED)) {
            install();
        }
    }

    private static void install() throws IOException, InterruptedException {
        Command.output("dpkg", "-i", deb.toString());
    }

    @Test
    @Order(1)
    void installsFilesThatDpkgKnowsAndFindsUnchanged() throws IOException, InterruptedException {
        for (Path file : AROUND) {
            assertTrue(Files.exists(file), file.toString());
            assertTrue(Command.output("dpkg", "-S", file.toString()).startsWith("strongroom:"));
        }
        assertEquals("", Command.output("dpkg", "--verify", "strongroom"));
    }

    @Test
    @Order(1)
    void opensItsWindowAndUnpacksNothing(@TempDir Path home) throws IOException, InterruptedException {
        Set<String> libraries;
        try (Screen screen = Screen.start(home);
                InstalledProgram program = InstalledProgram.start(home, screen.environment())) {
            program.awaitWindow(Path.of("target", "installed", "window.png"));
            libraries = program.mappedLibraries();
        }

        assertTrue(libraries.stream().anyMatch(path -> path.startsWith(INSTALLED + "/lib/runtime/lib/libglass")));
        assertEquals(Set.of(), foreign(libraries));
        assertEquals(Set.of(), nativeFilesBelow(home));
    }

    @Test
    @Order(1)
    void startsFromTheClassesThatWereLoadedBeforehand(@TempDir Path home) throws IOException, InterruptedException {
        Command started = Command.run(
                home,
                Duration.ofMinutes(1),
                Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on"), // refuses to start without them
                List.of(INSTALLED + "/bin/strongroom-cli", "--version"));

        assertEquals(0, started.exitCode(), started.output());
    }

    @Test
    @Order(2)
    void worksUpgradesAndGoesWithoutATraceButThePersonsHome()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Person person = Person.with(folder);
        try (Office office = Office.open(folder, "Muster AG");
                Client elsewhere = Client.in(folder, "elsewhere", "none")) {
            elsewhere.enrol(office, "Jonas Brandt", "eleven green bottles");
            assertTrue(person.logsIn().waitFor(20, TimeUnit.SECONDS), "an agent stays that has nothing to do");
            person.strongroom("enrol", "--server", office.url(), "--code", office.enrolCode("Anna Keller"));
            person.strongroom("add", person.write("offer.txt", "An offer.").toString());
            person.strongroom("sync");
            ProcessHandle agent = person.agent();
            bringsItsOwnLibraries(agent);

            install();
            agent.onExit().get(20, TimeUnit.SECONDS);
            ProcessHandle renewed = person.agent();
            assertNotEquals(agent.pid(), renewed.pid());
            assertEquals(person.account(), renewed.info().user().orElse(""));
            assertEquals("An offer.", person.strongroom("cat", "offer.txt"));
            assertEquals(renewed.pid(), person.agent().pid());

            renewed.destroy();
            renewed.onExit().get(20, TimeUnit.SECONDS);
            Process atLogin = person.logsIn();
            person.awaitAgentIn(atLogin);
            assertTrue(person.strongroom("sync").contains("Up to date"));
            assertTrue(atLogin.isAlive(), "another agent took the place of the one that came at login");

            Command.output("dpkg", "-r", "strongroom");
            assertTrue(atLogin.waitFor(20, TimeUnit.SECONDS));
            assertTrue(elsewhere.agent().isPresent(), "the agent of another copy was ended");
            assertTrue(Files.isDirectory(person.home().resolve("store")));
            assertFalse(Files.exists(INSTALLED));
            for (Path file : AROUND) {
                assertFalse(Files.exists(file), file.toString());
            }
            assertFalse(Command.run(Path.of("/"), Duration.ofMinutes(1), Map.of(), List.of("dpkg", "-s", "strongroom"))
                    .output()
                    .contains("conffiles"));
        }
    }

    private static void bringsItsOwnLibraries(ProcessHandle agent) throws IOException {
        Set<String> libraries = InstalledProgram.librariesOf(agent.pid());
        assertTrue(libraries.contains(INSTALLED + "/lib/app/native/libsqlitejdbc.so"), libraries.toString());
        assertEquals(Set.of(), foreign(libraries));
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
}
