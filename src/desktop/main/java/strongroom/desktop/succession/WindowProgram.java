package strongroom.desktop.succession;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How this very program is started once more.
public final class WindowProgram {
    /// The argument that makes a process wait as {@link Predecessor} says.
    public static final String WAITING = "--successor";

    private WindowProgram() {}

    /// @param mainClass of this program @param arguments as this process got them
    public static List<String> successor(String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        String installed = System.getProperty("jpackage.app-path");
        if (installed != null) {
            command.add(installed);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        }
        if (!arguments.contains(WAITING)) {
            command.add(WAITING);
        }
        command.addAll(arguments);
        return command;
    }
}
