package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import strongroom.protocol.Id;

/// Real stores, real commits and chunks, a server in memory: devices work apart, meet, and are shut at any moment.
class RandomHistoryTest {
    private static final int STEPS = 40;

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE)
    void devicesHoldTheSameDocumentsAndEveryContentThatWasSaved(@ForAll long seed) throws Exception {
        Path folder = Files.createTempDirectory("strongroom-history");
        Random random = new Random(seed);
        MemoryServer server = new MemoryServer();
        List<Device> devices = new ArrayList<>();
        Device.Person person = new Device.Person();
        try {
            for (int i = 0; i < 2 + random.nextInt(2); i++) {
                devices.add(new Device(folder.resolve("device" + i), person, "device " + i));
            }
            Set<String> owed = new HashSet<>();
            for (int step = 0; step < STEPS; step++) {
                act(devices.get(random.nextInt(devices.size())), random, server, "text " + step, owed);
            }
            for (int round = 0; round < 3; round++) {
                for (Device device : devices) {
                    sync(device, server);
                }
            }

            Map<String, String> first = contents(devices.getFirst());
            for (Device device : devices) {
                device.reopen();
                assertEquals(first, contents(device));
                assertEquals(0, device.exchange.pendingCommits());
                assertEquals(
                        List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
            }
            owed.removeAll(Set.copyOf(first.values()));
            assertEquals(Set.of(), owed);
        } finally {
            devices.forEach(Device::close);
            delete(folder);
        }
    }

    /// One thing a user or an agent does. @param owed contents that somebody saved and nobody replaced or removed
    private static void act(Device device, Random random, MemoryServer server, String text, Set<String> owed)
            throws Exception {
        List<Item> items = all(device);
        List<Item> files =
                items.stream().filter(item -> !item.folder() && item.local()).toList();
        List<Item> folders = items.stream().filter(Item::folder).toList();
        Item folder = folders.get(random.nextInt(folders.size()));
        Item any = items.get(random.nextInt(items.size()));
        String name = "name " + random.nextInt(4);
        try {
            switch (random.nextInt(9)) {
                case 0, 1 -> {
                    device.documents.save(
                            folder.id(), name + " " + text, Device.NOW, Device.stream(text), text.length());
                    owed.add(text);
                }
                case 2 -> device.documents.makeFolder(folder.id(), name);
                case 3 -> device.documents.move(any.id(), folder.id(), name);
                case 4 -> {
                    if (!files.isEmpty()) {
                        Item file = files.get(random.nextInt(files.size()));
                        String old = device.read(file.id());
                        device.documents.save(
                                file.parent(), file.name(), Device.NOW, Device.stream(text), text.length());
                        owed.remove(old);
                        owed.add(text);
                    }
                }
                case 5 -> {
                    if (!files.isEmpty() && random.nextBoolean()) {
                        Item file = files.get(random.nextInt(files.size()));
                        owed.remove(device.read(file.id()));
                        device.documents.remove(file.id());
                    }
                }
                case 6 -> device.reopen();
                case 7 -> sync(device, server);
                default -> server.sync(device.exchange, device.vault);
            }
        } catch (StoreException e) {
            assertEquals(StoreException.Why.NAME_REFUSED, e.why());
        }
    }

    private static void sync(Device device, MemoryServer server) throws Exception {
        server.sync(device.exchange, device.vault);
        device.store.applyIncoming();
        server.sync(device.exchange, device.vault);
        device.store.applyIncoming();
    }

    private static List<Item> all(Device device) throws StoreException {
        List<Item> found = new ArrayList<>(List.of(device.documents.root()));
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).folder()) {
                found.addAll(device.documents.list(found.get(i).id()));
            }
        }
        return found;
    }

    private static Map<String, String> contents(Device device) throws Exception {
        Map<String, String> contents = new TreeMap<>();
        for (Item item : all(device)) {
            Id id = item.id();
            contents.put(device.documents.path(id), item.folder() ? "folder" : device.read(id));
        }
        return contents;
    }

    private static void delete(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
