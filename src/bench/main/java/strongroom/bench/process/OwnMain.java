package strongroom.bench.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// Opens a store, does one thing as the command line does it, and says how much memory the process took. The root
/// key comes from standard input; deriving it is not part of this.
final class OwnMain {
    private static final int KEY = 32;

    private OwnMain() {}

    /// @param arguments the store, a verb, and what it takes
    public static void main(String[] arguments) throws IOException, StoreException, InterruptedException {
        SecureRandom random = new SecureRandom();
        // The command line does so while it asks for the PIN and makes a key of it. Nobody is asked here, so this
        // waits.
        Thread warmUp = Thread.ofVirtual().start(() -> VaultStore.warmUp(random));
        List<String> words = List.of(arguments);
        try (SecretBytes root = SecretBytes.ofAndZero(System.in.readNBytes(KEY));
                OwnVault vault = OwnVault.open(Path.of(words.getFirst()), root, random)) {
            warmUp.join();
            switch (words.get(1)) {
                case "import-file" -> vault.importFile(Path.of(words.get(2)), words.get(3));
                case "import-folder" -> vault.importFolder(Path.of(words.get(2)));
                case "train" -> train(vault, Path.of(words.get(2)), Path.of(words.get(3)));
                case "read" -> vault.read(words.get(2));
                case "idle" -> vault.list(words.get(2));
                default -> throw new IllegalArgumentException(words.get(1));
            }
            // Who imports is asked for the most it took, who has a store open for what it takes then.
            System.out.println(resident(words.get(1).equals("idle") ? "VmRSS" : "VmHWM") + " " + heap());
        }
    }

    private static void train(OwnVault vault, Path folder, Path file) throws IOException, StoreException {
        vault.importFolder(folder);
        vault.importFile(file, "large");
        vault.read("");
    }

    /// What the process has in memory, in bytes; 0 where the system does not say.
    ///
    /// @param line of what Linux says of a process: `VmRSS` for now, `VmHWM` for the most it had
    private static long resident(String line) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(said -> said.startsWith(line))
                .mapToLong(said -> Long.parseLong(said.replaceAll("\\D", "")) << 10)
                .sum();
    }

    /// The most that was in use of the heap, in bytes.
    private static long heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
