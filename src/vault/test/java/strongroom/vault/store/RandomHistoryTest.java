package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

            for (Removed removed : devices.getFirst().documents.trash().list()) {
                devices.getFirst().documents.trash().restore(removed.id());
            }
            for (int round = 0; round < 3; round++) {
                for (Device device : devices) {
                    sync(device, server);
                }
            }

            Map<String, String> first = contents(devices.getFirst(), server);
            for (Device device : devices) {
                device.reopen();
                assertEquals(first, contents(device, server));
                assertEquals(0, device.exchange.pendingCommits());
                assertEquals(
                        List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
            }
            owed.removeAll(Set.copyOf(first.values()));
            owed.removeAll(earlier(devices.getLast(), server));
            assertEquals(Set.of(), owed);
        } finally {
            devices.forEach(Device::close);
            delete(folder);
        }
    }

    /// What is listed before the catalogue is read is what is listed afterwards.
    private static void reopen(Device device, List<Item> folders) throws Exception {
        device.reopen();
        List<List<Item>> early = new ArrayList<>();
        for (Item folder : folders) {
            early.add(device.documents.list(folder.id()));
        }
        device.documents.trash().list();
        if (!device.store.applyIncoming()) {
            List<List<Item>> late = new ArrayList<>();
            for (Item folder : folders) {
                late.add(device.documents.list(folder.id()));
            }
            assertEquals(early, late);
        }
    }

    /// One thing a user or an agent does. @param owed contents that somebody saved and nobody destroyed
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
            switch (random.nextInt(13)) {
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
                        device.documents.save(
                                file.parent(), file.name(), Device.NOW, Device.stream(text), text.length());
                        owed.add(text);
                    }
                }
                case 5 -> {
                    if (!files.isEmpty() && random.nextBoolean()) {
                        Item file = files.get(random.nextInt(files.size()));
                        device.documents.remove(file.id());
                    }
                }
                case 6 -> reopen(device, folders);
                case 8 -> {
                    for (Removed removed : some(device.documents.trash().list(), random)) {
                        device.documents.trash().restore(removed.id());
                    }
                }
                case 9 -> {
                    for (Removed removed : some(device.documents.trash().list(), random)) {
                        if (random.nextInt(3) == 0) {
                            owed.removeAll(inTrash(device, removed, server));
                            device.documents.trash().purge(removed.id());
                        }
                    }
                }
                case 10 -> {
                    for (Item file : some(files, random)) {
                        for (Version version : some(device.documents.versions().list(file.id()), random)) {
                            device.documents.versions().restore(file.id(), version.revision());
                        }
                    }
                }
                case 11 -> {
                    for (Item file : some(files, random)) {
                        for (Version version : some(device.documents.versions().list(file.id()), random)) {
                            owed.remove(read(device, file.id(), version, server));
                            device.documents.versions().purge(file.id(), version.revision());
                        }
                    }
                }
                case 7 -> sync(device, server);
                default -> server.sync(device.exchange, device.vault);
            }
        } catch (StoreException e) {
            assertEquals(StoreException.Why.NAME_REFUSED, e.why());
        }
    }

    /// One of them, or none.
    private static <T> List<T> some(List<T> all, Random random) {
        return all.isEmpty() ? all : List.of(all.get(random.nextInt(all.size())));
    }

    /// What is destroyed with something in the trash, found out by bringing it back and removing it once more.
    private static Set<String> inTrash(Device device, Removed removed, MemoryServer server) throws Exception {
        device.documents.trash().restore(removed.id());
        Set<String> found = new HashSet<>();
        List<Item> items = new ArrayList<>(List.of(device.documents.entry(removed.id())));
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (item.folder()) {
                items.addAll(device.documents.list(item.id()));
            } else {
                found.add(fetched(device, server, () -> device.documents.open(item.id())));
                for (Version version : device.documents.versions().list(item.id())) {
                    found.add(read(device, item.id(), version, server));
                }
            }
        }
        device.documents.remove(removed.id());
        return found;
    }

    private static String read(Device device, Id document, Version version, MemoryServer server) throws Exception {
        return fetched(device, server, () -> device.documents.versions().open(document, version.revision()));
    }

    private interface Opening {
        InputStream open() throws StoreException;
    }

    private static String fetched(Device device, MemoryServer server, Opening opening) throws Exception {
        try (InputStream in = opening.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (StoreException e) {
            assertEquals(StoreException.Why.NOT_LOCAL, e.why());
        }
        server.pull(device.exchange, device.vault);
        try (InputStream in = opening.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> earlier(Device device, MemoryServer server) throws Exception {
        Set<String> found = new HashSet<>();
        for (Item item : all(device)) {
            if (!item.folder()) {
                for (Version version : device.documents.versions().list(item.id())) {
                    found.add(read(device, item.id(), version, server));
                }
            }
        }
        return found;
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

    private static Map<String, String> contents(Device device, MemoryServer server) throws Exception {
        Map<String, String> contents = new TreeMap<>();
        for (Item item : all(device)) {
            Id id = item.id();
            contents.put(
                    device.documents.path(id),
                    item.folder() ? "folder" : fetched(device, server, () -> device.documents.open(id)));
        }
        return contents;
    }

    static void delete(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
