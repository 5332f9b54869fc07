package strongroom.journey;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The client's command line, as a script uses it: a process for each command, the PIN on standard input.
final class Tool {
    /// What a command said.
    ///
    /// @param exit its exit code @param out what it wrote to standard output
    record Answer(int exit, String out) {}

    private final Path home;
    private final String tpm;
    private final Path log;
    private final Map<String, String> environment;

    Tool(Path home, String tpm, Path log, Map<String, String> environment) {
        this.home = home;
        this.tpm = tpm;
        this.log = log;
        this.environment = environment;
    }

    /// Runs a command that must succeed. @return what it wrote
    String run(String pin, String... words) throws IOException, InterruptedException {
        Answer answer = ask(pin, words);
        if (answer.exit != 0) {
            throw new IOException("strongroom " + words[0] + " ended with " + answer.exit + ": " + answer.out);
        }
        return answer.out;
    }

    /// Runs a command, whatever comes of it.
    Answer ask(String pin, String... words) throws IOException, InterruptedException {
        try (Child child = start(words)) {
            try (OutputStream in = child.process().getOutputStream()) {
                in.write((pin + "\n").getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(child.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(child.await(300), out);
        }
    }

    /// Starts a command and leaves its input and output to the caller.
    Child start(String... words) throws IOException {
        return start(List.of(), words);
    }

    /// @param before the command that runs the command, for example one that looks at its system calls
    Child start(List<String> before, String... words) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--home", home.toString(), "--tpm", tpm, "--pin-stdin"));
        List<String> command = new ArrayList<>(before);
        command.addAll(Child.java("strongroom.vault.cli.Main", List.of(), arguments));
        return Child.dialogue("strongroom", log, environment, command);
    }

    /// The agent that works for this home, if it runs.
    Optional<ProcessHandle> agent() {
        return Agents.of(home);
    }

    void endAgent() {
        agent().ifPresent(ProcessHandle::destroy);
    }
}
