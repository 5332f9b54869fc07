package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;

/// A process that imports, moves, removes and plays the agent is killed at random moments; what it had acknowledged
/// is there, and the store is sound. On its way there it is stopped at other such moments, and what lies on the disk
/// then is looked at as if it had been killed. `-Dstrongroom.kills=100` kills so many.
class StoreKillIT {
    private static final int KILLS = Integer.getInteger("strongroom.kills", 15);
    private static final int STOPS = Standstill.isPossible() ? 2 : 0;
    private static final int LONGEST_WAIT = 400;

    @TempDir
    Path folder;

    private final Map<Id, Long> acknowledged = new HashMap<>();
    private int looks;

    @Test
    void whatWasAcknowledgedOutlivesEveryKill() throws Exception {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        long seed = Long.getLong("strongroom.seed", System.nanoTime());
        System.out.println("StoreKillIT: -Dstrongroom.seed=" + seed);
        Random random = new Random(seed);
        try (Device device = Device.alone(folder.resolve("store"))) {
            for (int kill = 0; kill < KILLS; kill++) {
                device.stop();
                run(device, sources, random);
                device.start();
                holds(device.store, acknowledged);
            }
        }
        assertEquals(KILLS * (STOPS + 1), looks);
        assertTrue(acknowledged.size() > KILLS, "only " + acknowledged.size() + " documents: killed too early");
    }

    private void holds(VaultStore store, Map<Id, Long> promised) throws StoreException {
        looks++;
        assertEquals(List.of(), store.verify(looks % 10 == 0, VerifyWatch.NONE).damages());
        Documents documents = store.documents(store.vaults().getFirst());
        for (Map.Entry<Id, Long> document : promised.entrySet()) {
            assertEquals(document.getValue(), documents.entry(document.getKey()).size());
        }
    }

    private void run(Device device, Path sources, Random random) throws Exception {
        String key = device.rootKey.<String, RuntimeException>use(HexFormat.of()::formatHex);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessImport.class.getName(),
                        device.folder.toString(),
                        key,
                        sources.toString(),
                        Long.toString(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (InputStream out = process.getInputStream()) {
            awaitReady(out, said);
            for (int stop = 0; stop < STOPS; stop++) {
                // The moment is drawn, not awaited: it may fall anywhere.
                assertFalse(process.waitFor(random.nextInt(LONGEST_WAIT), TimeUnit.MILLISECONDS), "it ended by itself");
                try (Standstill _ = Standstill.of(process)) {
                    said.write(out.readNBytes(out.available()));
                    lookAtCopy(device, promised(said));
                }
            }
            // By the handle, which leaves the pipe open.
            if (!process.waitFor(random.nextInt(LONGEST_WAIT), TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
                process.waitFor();
            }
            out.transferTo(said);
        } finally {
            process.destroyForcibly();
        }
        Map<Id, Long> now = promised(said);
        acknowledged.clear();
        acknowledged.putAll(now);
    }

    private static void awaitReady(InputStream out, ByteArrayOutputStream said) throws Exception {
        for (int next = out.read(); next != '\n'; next = out.read()) {
            assertTrue(next >= 0, "it did not start");
            said.write(next);
        }
        assertEquals("ready", said.toString(StandardCharsets.UTF_8).strip());
        said.reset();
    }

    private void lookAtCopy(Device device, Map<Id, Long> promised) throws Exception {
        Path copy = folder.resolve("copy" + looks);
        KnownStore.copy(device.folder, copy);
        try (VaultStore store = VaultStore.open(copy, device.rootKey, device.clock, Device.RANDOM)) {
            holds(store, promised);
        }
        KnownStore.remove(copy);
    }

    /// What was acknowledged before, and by the whole lines of what was said since.
    private Map<Id, Long> promised(ByteArrayOutputStream said) throws MalformedException {
        Map<Id, Long> promised = new HashMap<>(acknowledged);
        String lines = said.toString(StandardCharsets.UTF_8);
        for (String line :
                lines.substring(0, lines.lastIndexOf('\n') + 1).lines().toList()) {
            List<String> words = List.of(line.split(" ", -1));
            if (words.getFirst().equals("+")) {
                promised.put(Id.parse(words.get(1)), Long.parseLong(words.get(2)));
            } else {
                promised.remove(Id.parse(words.get(1)));
            }
        }
        return promised;
    }
}
