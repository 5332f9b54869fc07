package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.vault.store.chunk.PackFolder;
import strongroom.vault.store.chunk.Place;

/// Each bit of what a document is stored as, one after the other; `-Dstrongroom.objects=50` of more documents.
class EveryBitTest {
    private static final int OBJECTS = Integer.getInteger("strongroom.objects", 3);

    @TempDir
    Path folder;

    @Test
    void aDocumentOfWhichOneBitFlippedIsRefusedAndTheOthersOpen() throws Exception {
        try (Device device = Device.alone(folder.resolve("store"))) {
            List<Item> items = new ArrayList<>();
            for (int i = 0; i <= OBJECTS; i++) {
                items.add(device.save("object " + i, "content " + i + "x".repeat(i)));
            }
            Item other = items.getLast();
            int flips = 0;
            try (RandomAccessFile pack =
                    new RandomAccessFile(device.packs().getFirst().toFile(), "rw")) {
                List<Place> places = places(device);
                for (int bit = 0; bit < bits(places); bit++) {
                    flips += flip(device, pack, places, bit, items) ? 1 : 0;
                }
            }
            System.out.println("EveryBitTest: " + flips + " flips");
            assertEquals("content " + OBJECTS + "x".repeat(OBJECTS), device.read(other.id()));
            assertEquals(List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
        }
    }

    /// In the order in which they lie there.
    private static List<Place> places(Device device) throws StoreException {
        try (Database database = Database.open(device.folder)) {
            return database.read(connection -> {
                List<Place> places = new ArrayList<>();
                for (Digest chunk : Places.all(connection)) {
                    places.add(Places.find(database, chunk).orElseThrow());
                }
                places.sort(Comparator.comparingLong(Place::position));
                return places;
            });
        }
    }

    private static long bits(List<Place> places) {
        Place last = places.getLast();
        return (last.position() + last.length()) * 8;
    }

    /// @return whether the bit is one of a document but the last
    private static boolean flip(Device device, RandomAccessFile pack, List<Place> places, int bit, List<Item> items)
            throws Exception {
        long at = bit / 8;
        int object = 0;
        while (at >= places.get(object).position() + places.get(object).length()) {
            object++;
        }
        if (at < places.get(object).position() || object == OBJECTS) {
            // What stands before the ciphertext is for whoever has lost the database.
            return false;
        }
        turn(pack, at, bit % 8);
        Item item = items.get(object);
        StoreException.Why why = whyNot(device, item);
        assertTrue(why == StoreException.Why.DAMAGED, () -> "bit " + bit + " of " + item.name() + ": " + why);
        if (bit % 97 == 0) {
            device.read(items.get((object + 1) % items.size()).id());
        }
        turn(pack, at, bit % 8);
        return true;
    }

    private static void turn(RandomAccessFile pack, long at, int bit) throws IOException {
        assertTrue(at >= PackFolder.EMPTY);
        pack.seek(at);
        int was = pack.read();
        pack.seek(at);
        pack.write(was ^ 1 << bit);
    }

    private static StoreException.@Nullable Why whyNot(Device device, Item item) throws StoreException {
        try (var in = device.documents.open(item.id())) {
            in.readAllBytes();
            return null;
        } catch (IOException e) {
            return e.getCause() instanceof StoreException refused ? refused.why() : null;
        }
    }
}
