package strongroom.journey;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process of the journey: started here, ended here, by its own id.
final class Child implements AutoCloseable {
    /// What the JVMs of our processes are told, and those that they start. None of them lives long enough to be paid
    /// back for what the second compiler takes, which is half of their time; nobody measures here.
    private static final Map<String, String> SHORT_LIFE = Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

    private final String name;
    private final Process process;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /// Starts a process whose output goes to `log`.
    static Child start(String name, Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(SHORT_LIFE);
        builder.environment().putAll(environment);
        return new Child(name, builder.start());
    }

    /// Starts a process that is spoken to: its standard input and output stay open, errors go to `log`.
    static Child dialogue(String name, Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(SHORT_LIFE);
        builder.environment().putAll(environment);
        return new Child(name, builder.start());
    }

    /// The command that starts a class of this very class path in a JVM of its own, with the flags of the product.
    static List<String> java(String mainClass, List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx512m", "-XX:-ShrinkHeapInSteps"));
        command.addAll(
                List.of("-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=30", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(arguments);
        return command;
    }

    private static String classPath() {
        // Surefire may have put the class path into a manifest; it says the real one here.
        String real = System.getProperty("surefire.test.class.path");
        return real == null ? System.getProperty("java.class.path", "").replace(";", File.pathSeparator) : real;
    }

    /// Whether the JVM said this by itself, of {@link #SHORT_LIFE}.
    static boolean isOfTheJvm(String line) {
        return line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS");
    }

    Process process() {
        return process;
    }

    boolean runs() {
        return process.isAlive();
    }

    /// Waits for the end. @return the exit code
    int await(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " did not end within " + seconds + " s");
        }
        return process.exitValue();
    }

    void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    private boolean waitForEnd() {
        try {
            return process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (!waitForEnd()) {
            kill();
        }
    }
}
