package strongroom.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// How long somebody waits before the program as it is installed, seen from outside on its screen.
final class InstalledTimes {
    private static final int STARTS = Integer.getInteger("strongroom.bench.starts", 5);
    private static final int CYCLES = Integer.getInteger("strongroom.bench.locks", 5);
    private static final String TITLE = "Strongroom";

    private final Path program;
    private final Path folder;
    private final Screen screen;
    private final Eyes eyes;
    private final Figures figures;

    /// @param program the folder that jpackage made @param folder for what is written meanwhile
    InstalledTimes(Path program, Path folder, Screen screen, Eyes eyes, Figures figures) {
        this.program = program;
        this.folder = folder;
        this.screen = screen;
        this.eyes = eyes;
        this.figures = figures;
    }

    /// Of one client that has enrolled and has something to show.
    ///
    /// @param what opens it, as the figures name it
    void measure(Client client, String pin, String what) throws IOException, InterruptedException {
        client.endAgent();
        for (int start = 1; start < STARTS; start++) {
            long begun = System.nanoTime();
            try (Child window = started(client)) {
                figures.add("cold_start_to_pin_field_s", eyes.watch(begun).stood());
                end(client, window);
            }
        }
        long begun = System.nanoTime();
        try (Child window = started(client)) {
            figures.add("cold_start_to_pin_field_s", eyes.watch(begun).stood());
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                // The first unlock is of a process that began just now, the others of one that waited for it.
                cycle(client, pin, cycle == 0 ? what : what + "_after_lock");
            }
            eyes.picture(folder.resolve(what + ".png"));
            end(client, window);
        }
    }

    private Child started(Client client) throws IOException {
        Map<String, String> environment = new HashMap<>(screen.environment());
        environment.put("JDK_JAVA_OPTIONS", "");
        environment.putAll(KeyringDaemon.NONE);
        return Child.start(
                "window",
                folder.resolve("window.log"),
                environment,
                List.of(
                        program.resolve("bin").resolve("strongroom").toString(),
                        "--home",
                        client.home().toString(),
                        "--tpm",
                        client.tpm()));
    }

    private void cycle(Client client, String pin, String what) throws IOException, InterruptedException {
        eyes.turnTo(TITLE);
        TimeUnit.MILLISECONDS.sleep(500);
        eyes.type(pin);
        // As long as a person takes to press Enter after the last key, at least.
        TimeUnit.MILLISECONDS.sleep(300);
        Eyes.Sight list = eyes.enter();
        figures.add("pin_to_first_rows_" + what + "_s", list.first());
        figures.add("pin_to_list_" + what + "_s", list.stood());
        eyes.picture(folder.resolve(what + "-open.png"));
        while (windows(client).size() < 2) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        // What the start of the waiting process takes would be measured with the lock.
        TimeUnit.SECONDS.sleep(4);
        Set<Long> before = windows(client);
        long asked = System.nanoTime();
        CompletableFuture<Double> gone = CompletableFuture.supplyAsync(() -> firstGone(before, asked));
        Eyes.Sight seen = eyes.lock();
        figures.add("lock_to_cover_s", seen.first());
        figures.add("lock_to_next_pin_field_s", seen.stood());
        try {
            figures.add("lock_to_process_gone_s", gone.get());
        } catch (ExecutionException e) {
            throw new IOException("the process that showed the vault did not end", e);
        }
    }

    private static double firstGone(Set<Long> windows, long asked) {
        while (windows.stream().noneMatch(ProcessMemory::isGone)) {
            if (System.nanoTime() - asked > TimeUnit.SECONDS.toNanos(30)) {
                throw new IllegalStateException("still there");
            }
            Thread.onSpinWait();
        }
        return (System.nanoTime() - asked) / 1e9;
    }

    /// What shows the window, and what waits to.
    private Set<Long> windows(Client client) {
        String launcher = program.resolve("bin").resolve("strongroom").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    List<String> words = words(process);
                    return launcher.equals(words.getFirst())
                            && words.contains(client.home().toString());
                })
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private static List<String> words(ProcessHandle process) {
        try {
            return List.of(Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0"));
        } catch (IOException expected) {
            return List.of("");
        }
    }

    private void end(Client client, Child first) throws InterruptedException {
        first.close();
        for (long pid : windows(client)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
            while (!ProcessMemory.isGone(pid)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        client.endAgent();
    }
}
