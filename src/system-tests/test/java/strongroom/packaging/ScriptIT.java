package strongroom.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.repository.Repository;

/// `./strongroom` as a newcomer meets it, with programs of the system replaced where the machine must look bare.
final class ScriptIT {
    @TempDir
    private Path programs = Path.of("");

    private Path root = Path.of("");

    @BeforeEach
    void onDebian() throws IOException {
        assumeTrue(Files.exists(Path.of("/usr/bin/dpkg-query")), "These tests of the script need Debian's dpkg.");
        root = Repository.here().root();
    }

    @Test
    void helpNamesEveryCommand() throws IOException, InterruptedException {
        Command help = strongroom("help");

        assertEquals(0, help.exitCode(), help.output());
        for (String command : List.of("demo", "test", "setup", "bench", "package", "client", "server", "help")) {
            assertTrue(help.output().contains("\n  " + command + " "), command);
        }
    }

    @Test
    void aCommandThatDoesNotExistIsRefused() throws IOException, InterruptedException {
        Command refused = strongroom("frobnicate");

        assertEquals(1, refused.exitCode());
        assertTrue(refused.output().contains("There is no command called frobnicate."), refused.output());
    }

    @Test
    void withoutRootSetupPrintsTheExactLineToRunAndFails() throws IOException, InterruptedException {
        replace("dpkg-query", "case \"$*\" in *xterm*) exit 1 ;; esac; exec /usr/bin/dpkg-query \"$@\"");
        replace("id", "echo 1000");
        replace("sudo", "exit 1");
        replace("apt-get", "echo apt-get was called; exit 1");

        Command refused = strongroom("setup");

        assertEquals(1, refused.exitCode());
        assertTrue(
                refused.output().contains("\n    sudo apt-get install --no-install-recommends xterm"),
                refused.output());
    }

    @Test
    void asRootSetupInstallsWhatIsMissingAndNothingElse() throws IOException, InterruptedException {
        replace("dpkg-query", "case \"$*\" in *xterm*) exit 1 ;; esac; exec /usr/bin/dpkg-query \"$@\"");
        replace("id", "echo 0");
        replace("apt-get", "echo \"apt-get $*\" >&2");

        Command installed = strongroom("setup");

        assertEquals(0, installed.exitCode(), installed.output());
        assertTrue(
                installed.output().contains("apt-get -qq -y --no-install-recommends install xterm"),
                installed.output());
    }

    @Test
    void setupLeavesTheSystemAloneWhenNothingIsMissing() throws IOException, InterruptedException {
        replace("dpkg-query", "echo installed");
        replace("apt-get", "echo apt-get was called; exit 1");

        Command done = strongroom("setup");

        assertEquals(0, done.exitCode(), done.output());
        assertEquals("", done.output());
    }

    private Command strongroom(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./strongroom"));
        command.addAll(List.of(words));
        return Command.run(
                root,
                Duration.ofMinutes(1),
                Map.of("PATH", programs + ":" + System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home")),
                command);
    }

    private void replace(String program, String script) throws IOException {
        Path file = Files.writeString(programs.resolve(program), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
