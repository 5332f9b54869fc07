package strongroom.bench.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.SecretBytes;

/// Starts {@link OwnMain} with the flags of this JVM and waits for its end.
///
/// @param heap the most it may have, in MiB; 0 for as much as this JVM
/// @param classes what {@link #train} left, as the installed program has it beside itself; null for none
public record OwnProcess(int heap, @Nullable Path classes) {
    /// What it took at most, in MiB.
    public record Memory(double resident, double heap) {}

    /// Lets it do what the others will be measured at, on a small scale, and write down which classes that takes and
    /// what runs often (JEP 483 and 515).
    ///
    /// @param store no one else has it open @param root borrowed @param to where, not there yet
    public static void train(Path store, SecretBytes root, Path to, String... words)
            throws IOException, InterruptedException {
        // The process that it starts to write the cache greets with all of its flags.
        new OwnProcess(0, null)
                .said(store, root, List.of("-XX:AOTCacheOutput=" + to), ProcessBuilder.Redirect.DISCARD, words);
    }

    /// @param store no one else has it open @param root borrowed
    /// @throws IOException if it failed
    public Memory run(Path store, SecretBytes root, String... words) throws IOException, InterruptedException {
        List<String> flags = classes == null ? List.of() : List.of("-XX:AOTCache=" + classes);
        // What else watches the process may have said something, too.
        String last = said(store, root, flags, ProcessBuilder.Redirect.INHERIT, words)
                .lines()
                .toList()
                .getLast();
        List<Double> bytes =
                Arrays.stream(last.split(" ", -1)).map(Double::valueOf).toList();
        return new Memory(bytes.get(0) / (1 << 20), bytes.get(1) / (1 << 20));
    }

    private String said(
            Path store, SecretBytes root, List<String> flags, ProcessBuilder.Redirect errors, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // What watches this process is not for that one.
            if (!flag.startsWith("-XX:StartFlightRecording") && !flag.startsWith("-agent")) {
                command.add(flag);
            }
        }
        command.addAll(flags);
        if (heap > 0) {
            command.add("-Xmx" + heap + "m");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OwnMain.class.getName()));
        command.add(store.toString());
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            root.<Boolean, IOException>use(bytes -> {
                in.write(bytes);
                return true;
            });
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("our own process ended with " + code);
        }
        return said;
    }
}
