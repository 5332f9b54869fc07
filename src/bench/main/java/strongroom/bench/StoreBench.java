package strongroom.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import strongroom.protocol.Id;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.store.Documents;
import strongroom.vault.store.ImportWatch;
import strongroom.vault.store.Item;
import strongroom.vault.store.PersonIdentity;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// Durable import of many small and of one large document, and reading both back, each beside a plain copy that is
/// forced to disk in the same round. Rounds go A B A B; medians and ratios are over rounds.
final class StoreBench {
    private static final int ROUNDS = 5;
    private static final int DOCUMENTS = 1000;
    private static final int LARGE = 128 << 20;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();
    private final byte[] buffer = new byte[1 << 20];

    StoreBench(Path folder) {
        this.folder = folder;
    }

    /// Something that takes time.
    private interface Work {
        void run() throws IOException, StoreException;
    }

    Table run() throws IOException, StoreException {
        Path small = Files.createDirectories(folder.resolve("small"));
        Random shape = new Random(1);
        long bytes = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] content = new byte[Math.clamp((int) Math.exp(10.6 + shape.nextGaussian()), 512, 8 << 20)];
            shape.nextBytes(content);
            Files.write(small.resolve("document-" + i), content);
            bytes += content.length;
        }
        Path large = folder.resolve("large");
        try (OutputStream out = Files.newOutputStream(large)) {
            for (int written = 0; written < LARGE; written += buffer.length) {
                shape.nextBytes(buffer);
                out.write(buffer);
            }
        }
        List<List<Double>> seconds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            seconds.add(new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            round(small, large, seconds);
        }
        Table table = new Table();
        String[] names = {
            "import_small_s", "copy_small_s", "read_small_s", "import_large_s", "copy_large_s", "read_large_s"
        };
        for (int i = 0; i < names.length; i++) {
            table.put(names[i], median(seconds.get(i)));
        }
        table.put("ratio_import_small_copy", median(seconds.get(0)) / median(seconds.get(1)));
        table.put("ratio_import_large_copy", median(seconds.get(3)) / median(seconds.get(4)));
        table.put("small_mib", bytes / 1048576.0);
        table.put("large_mib", LARGE / 1048576.0);
        return table;
    }

    private void round(Path small, Path large, List<List<Double>> seconds) throws IOException, StoreException {
        Path home = Files.createDirectories(folder.resolve("store"));
        Path copy = Files.createDirectories(folder.resolve("copy"));
        try (SecretBytes root = SecretBytes.random(32, random);
                VaultStore store = VaultStore.create(home, root, Clock.systemUTC(), random)) {
            VaultStore.warmUp(random);
            Documents documents = vault(store);
            Id top = documents.root().id();
            seconds.get(0).add(time(() -> documents.importFrom(List.of(small), top, ImportWatch.NONE)));
            seconds.get(1).add(time(() -> copyAll(small, copy)));
            List<Item> items = documents.list(documents.find("small").id());
            seconds.get(2).add(time(() -> {
                for (Item item : items) {
                    read(documents, item);
                }
            }));
            seconds.get(3).add(time(() -> documents.importFrom(List.of(large), top, ImportWatch.NONE)));
            seconds.get(4).add(time(() -> copyOne(large, copy.resolve("large"))));
            seconds.get(5).add(time(() -> read(documents, documents.find("large"))));
        } finally {
            Main.remove(home);
            Main.remove(copy);
        }
    }

    private Documents vault(VaultStore store) throws StoreException {
        Id vault = Id.random(random);
        try (BoxKey join = BoxKey.generate(random);
                SigningKey signing = SigningKey.generate(random);
                BoxKey box = BoxKey.generate(random);
                SecretBytes key = SecretBytes.random(32, random);
                PersonIdentity waiting =
                        PersonIdentity.waiting(Id.random(random), "Bench", Id.random(random), "bench", join);
                PersonIdentity identity = waiting.with(signing, box)) {
            store.storeIdentity(identity);
            store.addVault(vault, 1, key);
        }
        return store.documents(vault);
    }

    private void read(Documents documents, Item item) throws IOException, StoreException {
        try (InputStream content = documents.open(item.id())) {
            while (content.read(buffer) >= 0) {
                // Every byte is authenticated on the way; what it says does not matter here.
            }
        }
    }

    private void copyAll(Path from, Path to) throws IOException {
        try (var files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                copyOne(file, to.resolve(file.getFileName()));
            }
        }
        try (FileChannel directory = FileChannel.open(to, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static void copyOne(Path from, Path to) throws IOException {
        try (FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(from));
            while (content.hasRemaining()) {
                out.write(content);
            }
            out.force(true);
        }
    }

    private static double time(Work work) throws IOException, StoreException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
