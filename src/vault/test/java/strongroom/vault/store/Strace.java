package strongroom.vault.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs {@link ScriptedProcess} under strace, which sees each of its calls of the system and can disturb one.
///
/// strace counts `when=N` for each call and each thread on its own (man page, seen with 6.1). That is enough here: one
/// thread makes all changes of files, except that packs are forced by a thread that makes no other call of those; a run
/// that is only watched tells which number a call has in its thread. A number that two threads reach ends the run at
/// the first of them. `--seccomp-bpf` would be faster, and loses signals: they are not delivered at its stops.
final class Strace {
    /// The calls by which files change.
    static final List<String> CHANGES = List.of(
            "write",
            "pwrite64",
            "fsync",
            "fdatasync",
            "rename",
            "renameat",
            "renameat2",
            "unlink",
            "unlinkat",
            "ftruncate",
            "openat",
            "mkdir",
            "mkdirat",
            "fallocate");

    /// The key of every store that is made under strace.
    static final String ROOT_KEY = "01".repeat(32);

    private static final Pattern LINE = Pattern.compile("(\\d+) +(\\w+)\\((.*)");

    /// Shows them with the files that they concern.
    static final String WATCHED = "--trace=" + String.join(",", CHANGES);

    /// A call that was made.
    ///
    /// @param number which of its name in its thread @param text arguments and, unless it was killed there, what
    /// came     back
    record Call(String name, int number, String text) {}

    /// A run that has ended. @param said the lines of its output @param calls those that concern the store, in order
    record Run(List<String> said, List<Call> calls, boolean killed) {}

    private Strace() {}

    static boolean isThere() {
        try {
            return new ProcessBuilder("strace", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param folder empty, for the store and what strace writes @param options of strace, `-y` among them if the
    /// calls are wanted
    static Run run(Path folder, String... options) throws Exception {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-q", "-o", log.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedProcess.class.getName(),
                folder.resolve("store").toString(),
                ROOT_KEY));
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        List<String> said;
        try (var out = process.inputReader()) {
            said = out.lines().toList();
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end");
        }
        boolean killed = process.exitValue() == 128 + 9;
        if (!killed && process.exitValue() != 0) {
            throw new AssertionError(said + "\n" + Files.readString(errors) + " exit code " + process.exitValue());
        }
        return new Run(said, calls(log, folder.resolve("store").toString()), killed);
    }

    private static List<Call> calls(Path log, String store) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        List<Call> calls = new ArrayList<>();
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.lookingAt()) {
                    String name = matcher.group(2);
                    int number = counts.merge(matcher.group(1) + name, 1, Integer::sum);
                    boolean makes = !name.equals("openat") || line.contains("O_CREAT");
                    if (makes && line.contains(store)) {
                        calls.add(new Call(name, number, matcher.group(3)));
                    }
                }
            }
        }
        return calls;
    }

    /// From each kind of call in turn, so that the rare ones are all met.
    static List<Call> choose(List<Call> calls, int most, Random random) {
        Map<String, List<Call>> kinds = new TreeMap<>();
        List<Call> mixed = new ArrayList<>(calls);
        Collections.shuffle(mixed, random);
        mixed.forEach(call ->
                kinds.computeIfAbsent(call.name(), name -> new ArrayList<>()).add(call));
        List<Call> chosen = new ArrayList<>();
        Set<String> twice = new HashSet<>();
        for (int i = 0; chosen.size() < most && i < calls.size(); i++) {
            for (List<Call> kind : kinds.values()) {
                // Two threads have a call of that name and number.
                if (i < kind.size()
                        && twice.add(kind.get(i).name() + kind.get(i).number())) {
                    chosen.add(kind.get(i));
                }
            }
        }
        return chosen;
    }

    /// Two at a time.
    static <T> List<T> runAll(List<Callable<T>> runs) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<T>> running = runs.stream().map(two::submit).toList();
            for (Future<T> run : running) {
                results.add(run.get());
            }
        }
        return results;
    }
}
