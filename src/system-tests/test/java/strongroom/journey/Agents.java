package strongroom.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The agents that run on this machine, of this tree or installed.
public final class Agents {
    private static final String CLASS = "strongroom.vault.agent.AgentMain";
    private static final String LAUNCHER = "/strongroom-agent";

    private Agents() {}

    /// The agent that works for a home, if it runs.
    public static Optional<ProcessHandle> of(Path home) {
        return within(home)
                .filter(agent -> words(agent).contains(home.toString()))
                .findFirst();
    }

    /// The agents of every home that is a folder or lies in it.
    static Stream<ProcessHandle> within(Path folder) {
        return ProcessHandle.allProcesses().filter(process -> {
            List<String> words = words(process);
            int home = words.indexOf("--home") + 1;
            return (words.contains(CLASS) || words.getFirst().endsWith(LAUNCHER))
                    && home > 0
                    && home < words.size()
                    && Path.of(words.get(home)).startsWith(folder);
        });
    }

    /// The JDK knows the arguments of a process only while they fit a page of memory, which a class path rarely does.
    private static List<String> words(ProcessHandle process) {
        Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return List.of(Files.readString(line, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException expected) {
            // Not Linux, or it has ended meanwhile.
            return process.info().arguments().map(List::of).orElse(List.of(""));
        }
    }
}
