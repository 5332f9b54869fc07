package strongroom.vault.store.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;

class PackFolderTest {
    private static final int LARGE = 4 << 20;

    @TempDir
    Path folder;

    private final Random random = new Random(5);
    private PackFolder packs;

    @BeforeEach
    void open() throws IOException {
        packs = new PackFolder(folder, Side.WINDOW, random);
    }

    @AfterEach
    void close() {
        packs.close();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Digest name(int number) {
        return Digest.sha256(new byte[] {(byte) number});
    }

    private Place keep(byte[] ciphertext) throws IOException {
        try (PackBatch batch = packs.batch(() -> false)) {
            Place place = batch.add(name(1), ciphertext);
            batch.force();
            batch.committed();
            return place;
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void whatWasPutInIsReadBack() throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        try (PackBatch batch = packs.batch(() -> false)) {
            for (int length : new int[] {1, 100, (64 << 10) - 28, 64 << 10, 300_000, 4 << 20}) {
                chunks.add(bytes(length));
                places.add(batch.add(name(length), chunks.getLast()));
            }
            batch.force();
            batch.committed();
        }

        for (int i = 0; i < chunks.size(); i++) {
            assertArrayEquals(chunks.get(i), packs.read(places.get(i)));
        }
        assertEquals(1, files().size());
    }

    @Test
    void aBatchThatIsNotCommittedLeavesNothing() throws IOException {
        try (PackBatch batch = packs.batch(() -> false)) {
            batch.add(name(1), bytes(100));
            batch.force();
        }

        assertEquals(List.of(), files());
    }

    @Test
    void aBatchThatIsNotCommittedTakesNothingFromThePackItWentInto() throws IOException {
        byte[] first = bytes(100);
        Place place = keep(first);
        long length = packs.length(place.pack());
        try (PackBatch batch = packs.batch(() -> false)) {
            batch.add(name(2), bytes(100_000));
            batch.force();
        }

        assertEquals(length, packs.length(place.pack()));
        assertArrayEquals(first, packs.read(place));
    }

    @Test
    void aBatchInDoubtLeavesWhatItWroteAndNobodyWritesThereUntilTheNextStart() throws IOException {
        keep(bytes(100));
        byte[] second = bytes(200);
        Place doubtful;
        try (PackBatch batch = packs.batch(() -> true)) {
            doubtful = batch.add(name(2), second);
            batch.force();
        }

        assertNotEquals(doubtful.pack(), keep(bytes(300)).pack());
        assertArrayEquals(second, packs.read(doubtful));
    }

    @Test
    void batchesShareAPackUntilItIsFull() throws IOException {
        Place first = keep(bytes(100));
        Place second = keep(bytes(100));
        keep(bytes(4 << 20));

        assertEquals(first.pack(), second.pack());
        assertEquals(first.position() + 100 + PackFolder.RECORD_HEADER, second.position());
        for (int i = 0; i < 8; i++) {
            keep(bytes(4 << 20));
        }
        assertNotEquals(first.pack(), keep(bytes(100)).pack());
    }

    @Test
    void twoBatchesAtOnceDoNotMeet() throws IOException {
        try (PackBatch one = packs.batch(() -> false);
                PackBatch other = packs.batch(() -> false)) {
            assertNotEquals(
                    one.add(name(1), bytes(10)).pack(),
                    other.add(name(2), bytes(10)).pack());
        }
    }

    @Test
    void atTheNextStartAPackIsGoneOnWithWhereItCounts() throws IOException {
        byte[] first = bytes(100);
        Place place = keep(first);
        long counted = packs.length(place.pack());
        Files.write(files().getFirst(), bytes(5_000), java.nio.file.StandardOpenOption.APPEND);
        packs.close();
        packs = new PackFolder(folder, Side.WINDOW, random);
        packs.resume(place.pack(), counted);

        byte[] second = bytes(200);
        Place next = keep(second);

        assertEquals(counted + PackFolder.RECORD_HEADER, next.position());
        assertArrayEquals(first, packs.read(place));
        assertArrayEquals(second, packs.read(next));
    }

    @Test
    void packsOfThisSideThatNobodyKnowsAreFoundAndThoseOfTheOtherAreNot() throws IOException {
        Place known = keep(bytes(100));
        try (PackFolder agent = new PackFolder(folder, Side.AGENT, random);
                PackBatch batch = agent.batch(() -> false)) {
            batch.add(name(2), bytes(100));
            batch.force();
            batch.committed();
        }
        Files.write(folder.resolve("w-00000000000000000000000000000000.pack"), bytes(10));

        assertEquals(List.of(new Pack(Id.of(new byte[Id.SIZE]), Side.WINDOW)), packs.unknown(List.of(known.pack())));
    }

    @Test
    void aBatchOfManyPacksKeepsOneFileOpen() throws IOException {
        long before = openFiles();
        try (PackBatch batch = packs.batch(() -> false)) {
            List<Place> places = new ArrayList<>();
            byte[] chunk = bytes(4 << 20);
            for (int i = 0; i < 80; i++) {
                places.add(batch.add(name(i), chunk));
            }
            batch.force();
            assertTrue(files().size() >= 9, files().size() + " packs");
            assertTrue(openFiles() < before + 5, openFiles() - before + " more files are open");
            batch.committed();

            assertArrayEquals(chunk, packs.read(places.getFirst()));
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void whoReadsWhileAPackIsRemovedIsToldThatItIsGone() throws Exception {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            try (PackBatch batch = packs.batch(() -> false)) {
                places.add(batch.add(name(i), bytes(LARGE)));
                batch.force();
                batch.committed();
            }
        }
        for (Place place : places) {
            Thread remover = Thread.ofPlatform().start(() -> packs.delete(place.pack()));
            try {
                while (true) {
                    assertEquals(LARGE, packs.read(place).length);
                }
            } catch (NoSuchFileException gone) {
                remover.join();
            }
        }
    }

    @Test
    void aPackThatIsGoneIsSaidSo() throws IOException {
        Place place = keep(bytes(100));
        assertTrue(packs.delete(place.pack()));

        assertThrows(NoSuchFileException.class, () -> packs.read(place));
        assertFalse(packs.delete(place.pack()));
    }

    @Test
    void aPlaceThatCannotBeIsRefused() throws IOException {
        Place place = keep(bytes(100));

        assertThrows(IOException.class, () -> packs.read(new Place(place.pack(), -1, 10)));
        assertThrows(IOException.class, () -> packs.read(new Place(place.pack(), 28, Integer.MAX_VALUE)));
        assertThrows(IOException.class, () -> packs.read(new Place(place.pack(), 1_000_000, 10)));
        byte[] into = new byte[10];
        for (Place impossible : List.of(
                new Place(place.pack(), -1, 10),
                new Place(place.pack(), 28, Integer.MAX_VALUE),
                new Place(place.pack(), 28, -1))) {
            assertThrows(IOException.class, () -> packs.read(impossible, 0, into, impossible.length()));
        }
    }

    @Test
    void someOfAPlaceIsReadAlone() throws IOException {
        byte[] ciphertext = bytes(100_000);
        Place place = keep(ciphertext);
        byte[] into = new byte[70_000];

        packs.read(place, 20_000, into, into.length);

        assertArrayEquals(Arrays.copyOfRange(ciphertext, 20_000, 90_000), into);
    }
}
