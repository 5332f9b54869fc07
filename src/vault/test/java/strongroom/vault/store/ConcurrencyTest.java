package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several threads use a store while its agent exchanges through a connection of its own.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConcurrencyTest {
    private static final int THREADS = 4;
    private static final int DOCUMENTS = 25;

    @TempDir
    Path folder;

    @Test
    void whatSeveralThreadsSaveWhileTheAgentWorksIsAllThere() throws Exception {
        try (Device device = Device.alone(folder.resolve("store"))) {
            MemoryServer server = new MemoryServer();
            AtomicInteger running = new AtomicInteger(THREADS);
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String name = "thread " + thread;
                work.add(() -> {
                    try {
                        for (int i = 0; i < DOCUMENTS; i++) {
                            Item item = device.save(name + " " + i, name + " text " + i);
                            assertEquals(name + " text " + i, device.read(item.id()));
                        }
                        return true;
                    } finally {
                        running.decrementAndGet();
                    }
                });
            }
            work.add(() -> {
                while (running.get() > 0) {
                    server.sync(device.exchange, device.vault);
                    device.store.applyIncoming();
                    device.documents.list(device.root());
                }
                return true;
            });
            runAll(work);

            server.sync(device.exchange, device.vault);
            device.store.applyIncoming();
            device.reopen();

            assertEquals(THREADS * DOCUMENTS, device.names().size());
            assertEquals(THREADS * DOCUMENTS, server.log.size());
            assertEquals(List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
        }
    }

    @Test
    void closingInTheMiddleLosesNothingThatWasAcknowledged() throws Exception {
        try (Device device = Device.alone(folder.resolve("store"))) {
            Set<String> acknowledged = ConcurrentHashMap.newKeySet();
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String name = "thread " + thread;
                work.add(() -> {
                    for (int i = 0; ; i++) {
                        try {
                            device.save(name + " " + i, name);
                            acknowledged.add(name + " " + i);
                        } catch (StoreException e) {
                            assertEquals(StoreException.Why.CLOSED, e.why());
                            return true;
                        }
                    }
                });
            }
            work.add(() -> {
                while (acknowledged.size() < 40) {
                    Thread.onSpinWait();
                }
                device.store.close();
                return true;
            });
            runAll(work);

            device.reopen();

            assertTrue(device.names().containsAll(acknowledged));
            assertEquals(List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
        }
    }

    @Test
    void aLockWhileTheFirstRowsAreReadIsToldAsOne() throws Exception {
        try (Device device = Device.alone(folder.resolve("store"))) {
            MemoryServer server = new MemoryServer();
            device.save("settled", "one");
            server.sync(device.exchange, device.vault);
            device.store.applyIncoming();
            for (int i = 0; i < 200; i++) {
                device.documents.makeFolder(device.root(), "not sent " + i);
            }
            for (int round = 0; round < 40; round++) {
                device.reopen();
                long begin = System.nanoTime() + 50_000L * round;
                runAll(List.of(
                        () -> {
                            try {
                                assertEquals(201, device.names().size());
                            } catch (StoreException e) {
                                assertEquals(StoreException.Why.CLOSED, e.why());
                            }
                            return true;
                        },
                        () -> {
                            while (System.nanoTime() < begin) {
                                Thread.onSpinWait();
                            }
                            device.store.close();
                            return true;
                        }));
            }
        }
    }

    @Test
    void aLockInTheMiddleOfALongDocumentIsToldAsOne() throws Exception {
        try (Device device = Device.alone(folder.resolve("store"))) {
            byte[] noise = new byte[40 << 20];
            new Random(7).nextBytes(noise);
            InputStream locking = new FilterInputStream(new ByteArrayInputStream(noise)) {
                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    if (available() < noise.length / 2) {
                        device.store.close();
                    }
                    return super.read(into, from, length);
                }
            };

            StoreException cut = assertThrows(
                    StoreException.class,
                    () -> device.documents.save(device.vault, "film", Device.NOW, locking, noise.length));

            assertEquals(StoreException.Why.CLOSED, cut.why());
            device.reopen();
            assertEquals(List.of(), device.names());
            assertEquals(List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
        }
    }

    private static void runAll(List<Callable<Boolean>> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Boolean> done : threads.invokeAll(work)) {
                try {
                    done.get();
                } catch (ExecutionException e) {
                    throw new AssertionError(e.getCause());
                }
            }
        }
    }
}
