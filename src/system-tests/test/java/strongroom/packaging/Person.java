package strongroom.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import strongroom.journey.Agents;

/// Somebody at this machine who is not root, with a home folder: runs the installed command line.
final class Person {
    /// An account that every Debian has and that owns nothing.
    private static final String ACCOUNT = "nobody";

    private static final String PASSPHRASE = "blue kettle 42";

    private final Path folder;

    private Person(Path folder) {
        this.folder = folder;
    }

    /// @param parent everybody may go through it from now on
    static Person with(Path parent) throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
        Path folder = Files.createDirectory(parent.resolve("person"));
        var accounts = folder.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(folder, accounts.lookupPrincipalByName(ACCOUNT));
        return new Person(folder);
    }

    String account() {
        return ACCOUNT;
    }

    /// Where the program keeps a person's vault if nobody says otherwise.
    Path home() {
        return folder.resolve(".local/share/strongroom");
    }

    /// What the desktop does when this person logs in. @return the program that it starts, ended by the caller
    Process logsIn() throws IOException {
        String exec = Files.readAllLines(Path.of("/etc/xdg/autostart/strongroom-agent.desktop")).stream()
                .filter(line -> line.startsWith("Exec="))
                .map(line -> line.substring("Exec=".length()))
                .findFirst()
                .orElseThrow();
        ProcessBuilder builder = new ProcessBuilder(
                        "setpriv", "--reuid=" + ACCOUNT, "--regid=nogroup", "--clear-groups", exec)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // This account has no home of its own, and Java asks the system's list of accounts for it, not HOME.
        builder.environment().put("HOME", folder.toString());
        builder.environment()
                .put("XDG_DATA_HOME", folder.resolve(".local/share").toString());
        return builder.start();
    }

    /// A text that this person can read.
    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /// The installed command line on the person's home; without a TPM, which is another test's subject.
    ///
    /// @return what it said; it must succeed
    String strongroom(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + ACCOUNT,
                "--regid=nogroup",
                "--clear-groups",
                "/usr/bin/strongroom",
                "--home",
                home().toString(),
                "--tpm",
                "none",
                "--pin-stdin"));
        command.addAll(List.of(words));
        Command done = Command.run(
                folder, Duration.ofMinutes(3), Map.of("HOME", folder.toString()), command, PASSPHRASE + "\n");
        assertEquals(0, done.exitCode(), done.output());
        return done.output();
    }

    /// Waits until a program has taken this person's home to work for.
    void awaitAgentIn(Process program) throws IOException, InterruptedException {
        Path files = Path.of("/proc/" + program.pid() + "/fd");
        String lock = home().resolve("agent.lock").toString();
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MINUTES.toNanos(1) && program.isAlive()) {
            try (Stream<Path> open = Files.list(files)) {
                if (open.anyMatch(file -> lock.equals(target(file)))) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IOException("The agent that was started at login did not stay.");
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException expected) {
            // Closed meanwhile.
            return "";
        }
    }

    /// Waits for the agent that works for this person.
    ProcessHandle agent() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MINUTES.toNanos(1)) {
            Optional<ProcessHandle> running = Agents.of(home());
            if (running.isPresent()) {
                return running.get();
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IOException("No agent runs for " + home());
    }
}
