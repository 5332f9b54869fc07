package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;

/// A store on a small file system of its own that fills up, again and again, at ever other places.
class DiskFullIT {
    private static final int SIZE = 6 << 20;

    @TempDir
    Path folder;

    Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString()),
                "only root can mount a file system");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void aFullDiskIsSaidAndCostsNothingThatWasAcknowledged() throws Exception {
        Random random = new Random(5);
        for (int round = 0; round < 40; round++) {
            Path store = disk.resolve("store" + round);
            Map<Id, byte[]> acknowledged = new HashMap<>();
            try (Device device = Device.alone(store)) {
                // Leaves room at another place in each round, in steps smaller than a page.
                Files.write(disk.resolve("ballast"), new byte[SIZE / 2 - round * 3_000]);
                StoreException.Why end = fill(device, random, acknowledged);

                assertEquals(StoreException.Why.DISK_FULL, end);
                check(device, acknowledged);
                removeSome(device, acknowledged);
                Files.delete(disk.resolve("ballast"));
                device.reopen();
                check(device, acknowledged);
                device.save("after.txt", "there is room again");
            }
            delete(store);
        }
    }

    private static StoreException.Why fill(Device device, Random random, Map<Id, byte[]> acknowledged)
            throws Exception {
        for (int i = 0; ; i++) {
            byte[] content = new byte[1 + random.nextInt(random.nextInt(4) == 0 ? 400_000 : 9_000)];
            random.nextBytes(content);
            try {
                Item item = device.documents.save(
                        device.root(), "doc " + i, Device.NOW, new ByteArrayInputStream(content), content.length);
                acknowledged.put(item.id(), content);
            } catch (StoreException e) {
                return e.why();
            }
        }
    }

    /// Removing needs a little room in the log; on a disk without any it says so, and nothing else happens.
    private static void removeSome(Device device, Map<Id, byte[]> acknowledged) throws Exception {
        Id first = acknowledged.keySet().iterator().next();
        try {
            device.documents.remove(first);
            acknowledged.remove(first);
        } catch (StoreException e) {
            assertEquals(StoreException.Why.DISK_FULL, e.why());
        }
    }

    private static void check(Device device, Map<Id, byte[]> acknowledged) throws Exception {
        assertEquals(List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
        for (Map.Entry<Id, byte[]> document : acknowledged.entrySet()) {
            try (var in = device.documents.open(document.getKey())) {
                assertTrue(java.util.Arrays.equals(document.getValue(), in.readAllBytes()));
            }
        }
        assertEquals(acknowledged.size(), device.names().size());
    }

    private static void delete(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
