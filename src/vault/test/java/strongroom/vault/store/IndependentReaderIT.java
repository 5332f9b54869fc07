package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.vault.slot.RecoveryCode;
import strongroom.vault.slot.RecoverySlot;

/// The reader in `docs`, written in Python from the description of the format alone, reads what this code writes.
class IndependentReaderIT {
    @TempDir
    Path folder;

    private final Set<String> expected = new TreeSet<>();

    @Test
    void aStrangerReadsTheStoreFromItsDescription() throws Exception {
        Path reader = Path.of("").toAbsolutePath();
        while (!Files.exists(reader.resolve("docs/vault_reader.py"))) {
            reader = reader.getParent();
        }
        try (Device device = Device.alone(folder.resolve("store"))) {
            Item letters = device.documents.makeFolder(device.root(), "Briefe – 手紙");
            save(device, letters, "Briefe – 手紙/", "klein.txt", 100);
            save(device, letters, "Briefe – 手紙/", "big", (2 << 20) + 12345);
            saveText(device);
            save(device, device.documents.root(), "", "empty", 0);
            Item gone = device.save("gone", "gone");
            device.documents.remove(gone.id());
            String key = device.rootKey.<String, RuntimeException>use(HexFormat.of()::formatHex);
            String[] command = {python(), reader + "/docs/vault_reader.py", device.folder.toString()};

            assertEquals(expected, new TreeSet<>(run(key, command)));
            assertReadWithACode(device, command);

            MemoryServer server = new MemoryServer();
            server.sync(device.exchange, device.vault);
            device.store.applyIncoming();
            save(device, letters, "Briefe – 手紙/", "later", 70_000);

            assertEquals(expected, new TreeSet<>(run(key, command)));
        }
    }

    private void assertReadWithACode(Device device, String... command) throws Exception {
        Path slot = folder.resolve(RecoverySlot.FILE);
        try (RecoveryCode code = RecoveryCode.random(new Random(1))) {
            RecoverySlot.wrap(code, device.rootKey, Device.NOW, new Random(2)).write(slot);
            String typed = new String(code.text()).toLowerCase(Locale.ROOT);

            assertEquals(expected, new TreeSet<>(run(typed, command[0], command[1], command[2], slot.toString())));
        }
    }

    private void save(Device device, Item parent, String path, String name, int size) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        device.documents.save(parent.id(), name, Device.NOW, new ByteArrayInputStream(content), content.length);
        expected.add(Digest.sha256(content) + " " + path + name);
    }

    private void saveText(Device device) throws Exception {
        byte[] content =
                "The offer stays confidential until signature.\n".repeat(5_000).getBytes(StandardCharsets.UTF_8);
        device.documents.save(device.root(), "text", Device.NOW, new ByteArrayInputStream(content), content.length);
        expected.add(Digest.sha256(content) + " text");
    }

    /// The system's own, which has the packages that the reader names.
    private static String python() {
        return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    }

    private static List<String> run(String input, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        }
        List<String> lines;
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            lines = out.readAllLines();
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
        return lines;
    }
}
