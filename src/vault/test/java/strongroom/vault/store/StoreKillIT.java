package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
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

/// A process that imports, moves, removes and plays the agent is killed at random moments; what it had acknowledged
/// is there, and the store is sound.
class StoreKillIT {
    private static final int KILLS = 50;

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedOutlivesEveryKill() throws Exception {
        Path store = folder.resolve("store");
        Path sources = Files.createDirectory(folder.resolve("sources"));
        long seed = Long.getLong("strongroom.seed", System.nanoTime());
        System.out.println("StoreKillIT: -Dstrongroom.seed=" + seed);
        Random random = new Random(seed);
        Map<Id, Long> acknowledged = new HashMap<>();
        try (Device device = Device.alone(store)) {
            String key = device.rootKey.<String, RuntimeException>use(HexFormat.of()::formatHex);
            for (int kill = 0; kill < KILLS; kill++) {
                device.stop();
                run(List.of(store.toString(), key, sources.toString(), "" + random.nextLong()), random, acknowledged);

                device.reopen();

                assertEquals(
                        List.of(),
                        device.store.verify(kill % 10 == 9, VerifyWatch.NONE).damages());
                for (Map.Entry<Id, Long> document : acknowledged.entrySet()) {
                    assertEquals(
                            document.getValue(),
                            device.documents.entry(document.getKey()).size());
                }
            }
        }
        assertTrue(acknowledged.size() > KILLS, "only " + acknowledged.size() + " documents: killed too early");
    }

    private static void run(List<String> arguments, Random random, Map<Id, Long> acknowledged) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                EndlessImport.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertEquals("ready", out.readLine());
            // The moment is drawn, not awaited: it may fall anywhere. By the handle, which leaves the pipe open.
            if (!process.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
                process.waitFor();
            }
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                List<String> words = List.of(line.split(" ", -1));
                if (words.getFirst().equals("+")
                        && words.size() == 3
                        && !words.get(2).isEmpty()) {
                    acknowledged.put(Id.parse(words.get(1)), Long.parseLong(words.get(2)));
                } else if (words.getFirst().equals("-")) {
                    acknowledged.remove(Id.parse(words.get(1)));
                }
            }
        }
    }
}
