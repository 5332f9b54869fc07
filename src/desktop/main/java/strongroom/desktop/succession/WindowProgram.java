package strongroom.desktop.succession;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        String[] all = ProcessHandle.current().info().arguments().orElse(new String[0]);
        if (all.length > own) {
            // With the JVM's options and the class that it began with.
            command.addAll(Arrays.asList(all).subList(0, all.length - own));
        } else {
            command.addAll(List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        }
        return command;
    }
}
