package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading here and there in a long document.
class SkippingTest {
    private static final int SIZE = 20 << 20;
    private static final int SHORTEST_CHUNKS = 1 << 20;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];
    private Device device;
    private Item film;

    @BeforeEach
    void aLongDocument() throws Exception {
        device = Device.alone(folder);
        new Random(5).nextBytes(content);
        film = device.documents.save(
                device.root(), "film.bin", Device.NOW, new ByteArrayInputStream(content), content.length);
    }

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void whatStandsBehindALeapIsReadWhereverItGoes() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            try (InputStream in = device.documents.open(film.id())) {
                int at = 0;
                while (at < SIZE) {
                    int leap = random.nextInt(random.nextBoolean() ? 100 : SIZE / 4);
                    long leapt = in.skip(leap);
                    assertEquals(Math.min(leap, SIZE - at), leapt, "seed " + seed);
                    at += (int) leapt;
                    byte[] read = in.readNBytes(random.nextInt(random.nextBoolean() ? 10 : SIZE / 8));
                    assertArrayEquals(Arrays.copyOfRange(content, at, at + read.length), read, "seed " + seed);
                    at += read.length;
                }
                assertEquals(-1, in.read());
                assertEquals(0, in.skip(1));
            }
        }
    }

    @Test
    void oneLeapAfterTheOtherComesToTheSamePlace() throws Exception {
        try (InputStream in = device.documents.open(film.id())) {
            for (int i = 0; i < 1000; i++) {
                assertEquals(10_007, in.skip(10_007));
            }
            assertEquals(content[1000 * 10_007] & 0xff, in.read());
        }
    }

    @Test
    void whatIsLeaptOverIsNotOpened() throws Exception {
        device.stop();
        for (Path pack : device.packs()) {
            byte[] bytes = Files.readAllBytes(pack);
            bytes[SHORTEST_CHUNKS] ^= 1;
            Files.write(pack, bytes);
        }
        device.start();
        device.documents = device.store.documents(device.vault);

        try (InputStream in = device.documents.open(film.id())) {
            assertEquals(SIZE - 10, in.skip(SIZE - 10));
            assertArrayEquals(Arrays.copyOfRange(content, SIZE - 10, SIZE), in.readAllBytes());
        }
        // The control: it is there, and damaged.
        try (InputStream in = device.documents.open(film.id())) {
            IOException damaged = assertThrows(IOException.class, in::readAllBytes);
            assertTrue(damaged.getCause() instanceof StoreException, damaged.toString());
        }
    }
}
