package strongroom.journey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The client's command line, as a script uses it: the PIN on standard input.
final class Tool {
    private final Path home;
    private final String tpm;
    private final Path log;
    private final Map<String, String> environment;
    private final Programs programs;

    /// @param environment added to the processes' own @param programs how commands are run that are let end
    Tool(Path home, String tpm, Path log, Map<String, String> environment, Programs programs) {
        this.home = home;
        this.tpm = tpm;
        this.log = log;
        this.environment = environment;
        this.programs = programs;
    }

    /// Runs a command that must succeed. @return what it wrote
    String run(String pin, String... words) throws IOException, InterruptedException {
        Programs.Answer answer = ask(pin, words);
        if (answer.exit() != 0) {
            throw new IOException("strongroom " + words[0] + " ended with " + answer.exit() + ": " + answer.out());
        }
        return answer.out();
    }

    /// Runs a command, whatever comes of it.
    Programs.Answer ask(String pin, String... words) throws IOException, InterruptedException {
        return programs.run(Programs.Program.CLIENT, log, pin + "\n", arguments(words));
    }

    /// Starts a command and leaves its input and output to the caller.
    Child start(String... words) throws IOException {
        return start(List.of(), words);
    }

    /// @param before the command that runs the command, for example one that looks at its system calls
    Child start(List<String> before, String... words) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(Child.java(Programs.Program.CLIENT.mainClass(), List.of(), arguments(words)));
        return Child.dialogue("strongroom", log, environment, command);
    }

    private List<String> arguments(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--home", home.toString(), "--tpm", tpm, "--pin-stdin"));
        return arguments;
    }

    /// The agent that works for this home, if it runs.
    Optional<ProcessHandle> agent() {
        return Agents.of(home);
    }

    void endAgent() {
        agent().ifPresent(ProcessHandle::destroy);
    }
}
