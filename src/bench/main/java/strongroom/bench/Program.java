package strongroom.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program that people use today, by its command line, as its manual says.
final class Program implements Contender {
    /// What is typed, for a shell in a folder of its own: `$FILE` or `$SOURCE` comes in as `$NAME`. What is kept is in
    /// the folder `kept`.
    ///
    /// @param folders no folder can come in without @param versions whether what a file was before stays
    record Typed(
            String program,
            String begin,
            String importFile,
            String readFile,
            Optional<Folders> folders,
            String end,
            boolean versions) {}

    /// The same for folders.
    record Folders(String importFolder, String readFolder) {}

    private static final String NOTHING = "true";

    /// restic: chunks, packs, deduplication; one snapshot for each import.
    private static final Typed RESTIC = new Typed(
            "restic",
            "restic init",
            "ln -f \"$FILE\" \"$NAME\" && restic backup \"$NAME\"",
            "restic dump latest \"/$NAME\"",
            Optional.of(new Folders("restic backup \"$SOURCE\"", "restic restore latest --target restored")),
            NOTHING,
            true);

    /// Borg: the same, in one thread.
    private static final Typed BORG = new Typed(
            "borg",
            "borg init --encryption repokey-blake2",
            "ln -f \"$FILE\" \"$NAME\" && borg create \"::$NAME-$(date +%s%N)\" \"$NAME\"",
            "borg extract --stdout \"::$(borg list --last 1 --short)\"",
            Optional.of(new Folders("borg create \"::$NAME\" \"$SOURCE\"", "borg extract --stdout \"::$NAME\"")),
            NOTHING,
            true);

    /// gocryptfs: a file system; copied into, then told to reach the disk.
    private static final Typed GOCRYPTFS = new Typed(
            "gocryptfs",
            "mkdir kept open && printf '%s\\n' \"$PASSWORD\" > password"
                    + " && gocryptfs -q -init -passfile password kept && gocryptfs -q -passfile password kept open",
            "cp \"$FILE\" \"open/$NAME\" && sync -f kept",
            "cat \"open/$NAME\"",
            Optional.of(new Folders(
                    "cp -r \"$SOURCE\" \"open/$NAME\" && sync -f kept", "find \"open/$NAME\" -type f -exec cat {} +")),
            "fusermount -u open",
            false);

    /// age: one file each, then told to reach the disk.
    private static final Typed AGE = new Typed(
            "age",
            "mkdir kept && age-keygen -o key && age-keygen -y key > recipient",
            "age -R recipient -o \"kept/$NAME\" \"$FILE\" && sync -f \"kept/$NAME\"",
            "age -d -i key -o /dev/null \"kept/$NAME\"",
            Optional.empty(),
            NOTHING,
            false);

    /// Those that may be installed.
    static final List<Typed> ALL = List.of(RESTIC, BORG, GOCRYPTFS, AGE);

    private final Path folder;
    private final Typed typed;
    private final Map<String, String> environment;

    Program(Typed typed, Path folder) throws IOException, InterruptedException {
        this.typed = typed;
        this.folder = folder;
        String password = "correct horse battery";
        this.environment = Map.of(
                "PASSWORD", password,
                "RESTIC_PASSWORD", password,
                "RESTIC_REPOSITORY", store().toString(),
                "RESTIC_CACHE_DIR", folder.resolve("cache").toString(),
                "BORG_PASSPHRASE", password,
                "BORG_REPO", store().toString(),
                "BORG_BASE_DIR", folder.resolve("base").toString());
        type(typed.begin, Map.of());
    }

    private void type(String words, Map<String, String> variables) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        Shell.run(folder, all, "sh", "-c", words);
    }

    private Folders folders() {
        return typed.folders.orElseThrow();
    }

    @Override
    public String name() {
        return typed.program;
    }

    @Override
    public boolean filesOnly() {
        return typed.folders.isEmpty();
    }

    @Override
    public boolean keepsVersions() {
        return typed.versions;
    }

    @Override
    public void importFile(Path file, String name) throws IOException, InterruptedException {
        type(typed.importFile, Map.of("FILE", file.toString(), "NAME", name));
    }

    @Override
    public void importFolder(Path source, String name) throws IOException, InterruptedException {
        type(folders().importFolder, Map.of("SOURCE", source.toString(), "NAME", name));
    }

    @Override
    public void readFile(String name) throws IOException, InterruptedException {
        type(typed.readFile, Map.of("NAME", name));
    }

    @Override
    public void readFolder(String name) throws IOException, InterruptedException {
        type(folders().readFolder, Map.of("NAME", name));
    }

    @Override
    public Path store() {
        return folder.resolve("kept");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        type(typed.end, Map.of());
    }
}
