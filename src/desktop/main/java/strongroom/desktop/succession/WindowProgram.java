package strongroom.desktop.succession;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import strongroom.vault.platform.OperatingSystem;

/// How this very program is started once more.
public final class WindowProgram {
    /// The argument that makes a process wait as {@link Predecessor} says.
    public static final String WAITING = "--successor";

    private WindowProgram() {}

    /// @param mainClass of this program, for systems that do not tell how a process was started
    /// @param arguments as this process got them
    public static List<String> successor(String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(program(mainClass, arguments.size()));
        if (!arguments.contains(WAITING)) {
            command.add(WAITING);
        }
        command.addAll(arguments);
        return command;
    }

    /// @param own how many of the arguments are not the JVM's
    private static List<String> program(String mainClass, int own) {
        String installed = System.getProperty("jpackage.app-path");
        if (installed != null) {
            return List.of(installed);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        List<String> all = arguments();
        if (all.size() > own) {
            // With the JVM's options and the class that it began with.
            command.addAll(all.subList(0, all.size() - own));
        } else {
            command.addAll(List.of(
                    "-XX:+UseSerialGC",
                    "-Xms32m",
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED",
                    // What a program that waits does not need goes back to the system at once.
                    "-XX:-ShrinkHeapInSteps",
                    "-XX:MinHeapFreeRatio=20",
                    "-XX:MaxHeapFreeRatio=30"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        }
        return command;
    }

    /// What this process was started with; empty where the system does not tell.
    private static List<String> arguments() {
        if (OperatingSystem.current() != OperatingSystem.LINUX) {
            return ProcessHandle.current().info().arguments().map(List::of).orElse(List.of());
        }
        try {
            // ProcessHandle knows no line of more than a page, which a class path fills.
            String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
            List<String> words = List.of(line.split("\0", -1));
            return words.subList(1, words.size() - 1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
