package strongroom.journey;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs command lines of our programs to their end.
@FunctionalInterface
interface Programs {
    /// What a command said.
    ///
    /// @param exit its exit code @param out what it wrote to standard output
    record Answer(int exit, String out) {}

    /// A program of ours, by its main class.
    enum Program {
        CLIENT("strongroom.vault.cli.Main"),
        SERVER("strongroom.server.Main");

        private final String mainClass;

        Program(String mainClass) {
            this.mainClass = mainClass;
        }

        String mainClass() {
            return mainClass;
        }
    }

    /// Each command in a process of its own, as a person starts it.
    Programs ALONE = Programs::alone;

    /// Many commands in one process after the other, for tests that ask for what a command does and not for its
    /// process: a JVM that begins needs ten times as long as the command itself.
    Programs HOSTED = hosted(KeyringDaemon.NONE);

    /// The same in a session of its own. @param environment added to the test's own
    static Programs hosted(Map<String, String> environment) {
        return (program, log, input, arguments) -> CommandHost.run(environment, program, log, input, arguments);
    }

    /// @param log where standard error goes @param input what it reads on standard input
    Answer run(Program program, Path log, String input, List<String> arguments)
            throws IOException, InterruptedException;

    private static Answer alone(Program program, Path log, String input, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = Child.java(program.mainClass(), List.of(), arguments);
        try (Child child = Child.dialogue(program.name(), log, Map.of(), command)) {
            try (OutputStream in = child.process().getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(child.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(child.await(300), out);
        }
    }
}
