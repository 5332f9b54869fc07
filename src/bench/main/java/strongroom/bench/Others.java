package strongroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Programs that people use today, where they are installed: each by its command line, as its manual says.
final class Others {
    private static final String PASSWORD = "correct horse battery";

    private Others() {}

    /// restic: chunks, packs, deduplication; one snapshot for each import.
    static final class Restic implements Contender {
        private final Path folder;
        private final Map<String, String> environment;

        Restic(Path folder) throws IOException, InterruptedException {
            this.folder = folder;
            this.environment = Map.of(
                    "RESTIC_PASSWORD", PASSWORD,
                    "RESTIC_REPOSITORY", store().toString(),
                    "RESTIC_CACHE_DIR", folder.resolve("cache").toString());
            Shell.run(folder, environment, "restic", "init");
        }

        @Override
        public String name() {
            return "restic";
        }

        @Override
        public boolean keepsVersions() {
            return true;
        }

        @Override
        public void importFile(Path file, String name) throws IOException, InterruptedException {
            Path link = folder.resolve(name);
            Files.deleteIfExists(link);
            Files.createLink(link, file);
            Shell.run(folder, environment, "restic", "backup", "--tag", name, name);
        }

        @Override
        public void importFolder(Path source, String name) throws IOException, InterruptedException {
            Shell.run(folder, environment, "restic", "backup", "--tag", name, source.toString());
        }

        @Override
        public void readFile(String name) throws IOException, InterruptedException {
            Shell.run(
                    folder,
                    environment,
                    "restic",
                    "dump",
                    "latest",
                    folder.resolve(name).toString());
        }

        @Override
        public void readFolder(String name) throws IOException, InterruptedException {
            Shell.run(folder, environment, "restic", "restore", "latest", "--target", "restored");
        }

        @Override
        public Path store() {
            return folder.resolve("repository");
        }

        @Override
        public void close() {}
    }

    /// Borg: the same, in one thread.
    static final class Borg implements Contender {
        private final Path folder;
        private final Map<String, String> environment;

        Borg(Path folder) throws IOException, InterruptedException {
            this.folder = folder;
            this.environment = Map.of(
                    "BORG_PASSPHRASE", PASSWORD,
                    "BORG_REPO", store().toString(),
                    "BORG_BASE_DIR", folder.resolve("base").toString());
            Shell.run(folder, environment, "borg", "init", "--encryption", "repokey-blake2");
        }

        @Override
        public String name() {
            return "borg";
        }

        @Override
        public boolean keepsVersions() {
            return true;
        }

        @Override
        public void importFile(Path file, String name) throws IOException, InterruptedException {
            Path link = folder.resolve(name);
            Files.deleteIfExists(link);
            Files.createLink(link, file);
            Shell.run(folder, environment, "borg", "create", "::" + name + "-" + System.nanoTime(), name);
        }

        @Override
        public void importFolder(Path source, String name) throws IOException, InterruptedException {
            Shell.run(folder, environment, "borg", "create", "::" + name, source.toString());
        }

        @Override
        public void readFile(String name) throws IOException, InterruptedException {
            Shell.run(folder, environment, "sh", "-c", "borg extract --stdout ::$(borg list --last 1 --short)");
        }

        @Override
        public void readFolder(String name) throws IOException, InterruptedException {
            Shell.run(folder, environment, "borg", "extract", "--stdout", "::" + name);
        }

        @Override
        public Path store() {
            return folder.resolve("repository");
        }

        @Override
        public void close() {}
    }

    /// gocryptfs: a file system; copied into, then told to reach the disk.
    static final class Gocryptfs implements Contender {
        private final Path folder;

        Gocryptfs(Path folder) throws IOException, InterruptedException {
            this.folder = folder;
            Files.createDirectory(store());
            Files.createDirectory(folder.resolve("open"));
            Files.writeString(folder.resolve("password"), PASSWORD + "\n");
            Shell.run(folder, Map.of(), "gocryptfs", "-q", "-init", "-passfile", "password", "cipher");
            Shell.run(folder, Map.of(), "gocryptfs", "-q", "-passfile", "password", "cipher", "open");
        }

        @Override
        public String name() {
            return "gocryptfs";
        }

        @Override
        public void importFile(Path file, String name) throws IOException, InterruptedException {
            Shell.run(folder, Map.of(), "cp", file.toString(), "open/" + name);
            Shell.run(folder, Map.of(), "sync", "-f", "cipher");
        }

        @Override
        public void importFolder(Path source, String name) throws IOException, InterruptedException {
            Shell.run(folder, Map.of(), "cp", "-r", source.toString(), "open/" + name);
            Shell.run(folder, Map.of(), "sync", "-f", "cipher");
        }

        @Override
        public void readFile(String name) throws IOException, InterruptedException {
            Shell.run(folder, Map.of(), "cat", "open/" + name);
        }

        @Override
        public void readFolder(String name) throws IOException, InterruptedException {
            Shell.run(folder, Map.of(), "sh", "-c", "find open/" + name + " -type f -exec cat {} +");
        }

        @Override
        public Path store() {
            return folder.resolve("cipher");
        }

        @Override
        public void close() throws IOException, InterruptedException {
            Shell.run(folder, Map.of(), "fusermount", "-u", "open");
        }
    }

    /// age: one file each, then told to reach the disk.
    static final class Age implements Contender {
        private final Path folder;

        Age(Path folder) throws IOException, InterruptedException {
            this.folder = folder;
            Files.createDirectory(store());
            Shell.run(folder, Map.of(), "sh", "-c", "age-keygen -o key && age-keygen -y key > recipient");
        }

        @Override
        public String name() {
            return "age";
        }

        @Override
        public boolean filesOnly() {
            return true;
        }

        @Override
        public void importFile(Path file, String name) throws IOException, InterruptedException {
            Shell.run(
                    folder,
                    Map.of(),
                    "age",
                    "-R",
                    "recipient",
                    "-o",
                    store().resolve(name).toString(),
                    file.toString());
            Shell.run(folder, Map.of(), "sync", "-f", store().resolve(name).toString());
        }

        @Override
        public void importFolder(Path source, String name) {
            throw new UnsupportedOperationException("age encrypts files");
        }

        @Override
        public void readFile(String name) throws IOException, InterruptedException {
            Shell.run(
                    folder,
                    Map.of(),
                    "age",
                    "-d",
                    "-i",
                    "key",
                    "-o",
                    "/dev/null",
                    store().resolve(name).toString());
        }

        @Override
        public void readFolder(String name) {
            throw new UnsupportedOperationException("age encrypts files");
        }

        @Override
        public Path store() {
            return folder.resolve("files");
        }

        @Override
        public void close() {}
    }
}
