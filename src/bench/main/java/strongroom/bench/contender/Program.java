package strongroom.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// A program by its command line. What it holds in memory is let go of before it reads: a file system is mounted
/// anew.
final class Program implements Contender {
    private final Path folder;
    private final Typed typed;
    private final Map<String, String> variables = new HashMap<>();
    private boolean mounted;

    Program(Typed typed, Path folder) throws IOException, InterruptedException {
        this.typed = typed;
        this.folder = folder;
        String password = "correct horse battery";
        variables.putAll(Map.of(
                "PASSWORD", password,
                "RESTIC_PASSWORD", password,
                "RESTIC_REPOSITORY", store().toString(),
                "RESTIC_CACHE_DIR", folder.resolve("cache").toString(),
                "BORG_PASSPHRASE", password,
                "BORG_REPO", store().toString(),
                "BORG_BASE_DIR", folder.resolve("base").toString()));
        type(Typed.Step.BEGIN);
        if (typed.mounts()) {
            mount(Typed.Step.MOUNT);
        }
    }

    private double type(Typed.Step step) throws IOException, InterruptedException {
        String words = typed.steps().get(step);
        if (words == null) {
            throw new IllegalStateException(name() + " has nothing for " + step);
        }
        return Stopwatch.<IOException, InterruptedException>time(() -> Shell.run(folder, variables, "sh", "-c", words));
    }

    private double mount(Typed.Step step) throws IOException, InterruptedException {
        mounted = true;
        return type(step);
    }

    private void unmount() throws IOException, InterruptedException {
        if (mounted) {
            type(Typed.Step.UNMOUNT);
            mounted = false;
        }
    }

    private void remount() throws IOException, InterruptedException {
        if (typed.mounts()) {
            unmount();
            mount(typed.can(Typed.Step.MOUNT_WITH_KEY) ? Typed.Step.MOUNT_WITH_KEY : Typed.Step.MOUNT);
        }
    }

    private Path open() {
        return folder.resolve("open");
    }

    @Override
    public String name() {
        return typed.program();
    }

    @Override
    public String durability() {
        return typed.durability();
    }

    @Override
    public boolean filesOnly() {
        return !typed.can(Typed.Step.IMPORT_FOLDER);
    }

    @Override
    public boolean keepsVersions() {
        return typed.versions();
    }

    @Override
    public double importFile(Path file, String name) throws IOException, InterruptedException {
        variables.put("FILE", file.toString());
        variables.put("NAME", name);
        return type(Typed.Step.IMPORT_FILE);
    }

    @Override
    public double importFolder(Path source, String name) throws IOException, InterruptedException {
        variables.put("SOURCE", source.toString());
        variables.put("NAME", name);
        return type(Typed.Step.IMPORT_FOLDER);
    }

    @Override
    public double readFile(String name) throws IOException, InterruptedException {
        remount();
        variables.put("NAME", name);
        return type(Typed.Step.READ_FILE);
    }

    @Override
    public double readFolder(String name) throws IOException, InterruptedException {
        remount();
        variables.put("NAME", name);
        return type(Typed.Step.READ_FOLDER);
    }

    @Override
    public double[] readAtRandom(String name, RandomReads reads) throws IOException, InterruptedException {
        if (!typed.mounts()) {
            return new double[0];
        }
        remount();
        return ClearFiles.readAtRandom(open().resolve(name), reads);
    }

    private double list(Path listed) throws IOException {
        return Stopwatch.<IOException, RuntimeException>time(() -> ClearFiles.list(listed));
    }

    @Override
    public boolean opens() {
        return typed.mounts() || typed.can(Typed.Step.UNLOCK);
    }

    @Override
    public Optional<Opening> openWithKey() throws IOException, InterruptedException {
        if (!typed.can(Typed.Step.MOUNT_WITH_KEY)) {
            return Optional.empty();
        }
        unmount();
        double opened = mount(Typed.Step.MOUNT_WITH_KEY);
        return Optional.of(new Opening(opened, opened + list(open())));
    }

    @Override
    public OptionalDouble unlock() throws IOException, InterruptedException {
        if (typed.can(Typed.Step.UNLOCK)) {
            return OptionalDouble.of(type(Typed.Step.UNLOCK));
        }
        // Whoever has no other way than its password was given a cheap derivation.
        if (!typed.can(Typed.Step.MOUNT_WITH_KEY)) {
            return OptionalDouble.empty();
        }
        unmount();
        double opened = mount(Typed.Step.MOUNT);
        return OptionalDouble.of(opened + list(open()));
    }

    @Override
    public OptionalDouble listFolder(String path) throws IOException, InterruptedException {
        if (!typed.mounts()) {
            return OptionalDouble.empty();
        }
        remount();
        return OptionalDouble.of(list(open().resolve(path)));
    }

    @Override
    public OptionalDouble listAll(String path) throws IOException, InterruptedException {
        if (!typed.mounts()) {
            return OptionalDouble.empty();
        }
        remount();
        return OptionalDouble.of(
                Stopwatch.<IOException, RuntimeException>time(() -> ClearFiles.listAll(open().resolve(path))));
    }

    @Override
    public Path store() {
        return folder.resolve("kept");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        unmount();
    }
}
