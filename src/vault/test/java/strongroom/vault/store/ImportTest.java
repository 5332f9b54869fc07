package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ImportTest {
    @TempDir
    Path folder;

    Device device;
    Path sources;

    @BeforeEach
    void open() throws Exception {
        device = Device.alone(folder.resolve("store"));
        sources = Files.createDirectory(folder.resolve("sources"));
    }

    @AfterEach
    void close() {
        device.close();
    }

    private ImportResult take(Path... paths) throws StoreException {
        return device.documents.importFrom(List.of(paths), device.root(), ImportWatch.NONE);
    }

    @Test
    void aTreeOfFilesComesInAsItIs() throws Exception {
        Files.createDirectories(sources.resolve("a/b"));
        Files.writeString(sources.resolve("a/b/deep.txt"), "deep");
        Files.writeString(sources.resolve("top.txt"), "top");
        Files.setLastModifiedTime(sources.resolve("top.txt"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));

        ImportResult result = take(sources);
        device.reopen();

        assertEquals(2, result.added().size());
        assertEquals(3, result.foldersMade());
        assertEquals(List.of(), result.skipped());
        assertEquals("deep", device.read("sources/a/b/deep.txt"));
        assertEquals(
                Instant.parse("2001-02-03T04:05:06Z"),
                device.documents.find("sources/top.txt").modified());
    }

    @Test
    void namesThatAreTakenGetANumber() throws Exception {
        Files.writeString(sources.resolve("a.txt"), "new");
        device.save("A.TXT", "old");

        take(sources.resolve("a.txt"), sources.resolve("a.txt"));

        assertEquals(List.of("a (2).txt", "a (3).txt", "A.TXT"), device.names());
        assertEquals("old", device.read("A.TXT"));
    }

    @Test
    void hundredsOfDocumentsComeInInFewTransactions() throws Exception {
        for (int i = 0; i < 600; i++) {
            Files.writeString(sources.resolve("doc " + i), "content " + i);
        }
        List<Integer> batches = new ArrayList<>();
        List<Long> progress = new ArrayList<>();

        ImportResult result = device.documents.importFrom(List.of(sources), device.root(), new ImportWatch() {
            @Override
            public void at(long done, long total, long doneBytes, long totalBytes) {
                assertEquals(600, total);
                progress.add(done);
            }

            @Override
            public void added(List<Item> documents) {
                batches.add(documents.size());
            }
        });

        assertEquals(600, result.added().size());
        assertEquals(List.of(256, 256, 88), batches);
        assertEquals(600, progress.getLast());
        assertEquals(List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
    }

    @Test
    void equalContentIsStoredOnce() throws Exception {
        byte[] content = new byte[3 << 20];
        new Random(3).nextBytes(content);
        for (int i = 0; i < 4; i++) {
            Files.write(sources.resolve("copy " + i), content);
        }

        take(sources);
        device.documents.importFrom(List.of(sources), device.root(), ImportWatch.NONE);

        assertEquals(1, device.packs().size());
        assertTrue(Files.size(device.packs().getFirst()) < content.length * 1.01);
        try (InputStream in =
                device.documents.open(device.documents.find("sources/copy 3").id())) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    void whatIsNoFileOrLeadsElsewhereIsLeftOut() throws Exception {
        Files.writeString(sources.resolve("good.txt"), "good");
        Files.createSymbolicLink(sources.resolve("loop"), sources);
        Files.createSymbolicLink(sources.resolve("link.txt"), sources.resolve("good.txt"));
        Files.createSymbolicLink(sources.resolve("nowhere"), sources.resolve("missing"));
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", sources.resolve("pipe").toString())
                        .start()
                        .waitFor());

        ImportResult result = take(sources, sources.resolve("gone.txt"), Path.of("/dev/zero"));

        assertEquals(1, result.added().size());
        assertEquals(6, result.skipped().size());
        assertTrue(result.skipped().stream().allMatch(s -> s.why() == StoreException.Why.SOURCE_UNREADABLE));
    }

    @Test
    void theStoreIsNotImportedIntoItself() throws Exception {
        ImportResult result = take(folder);

        assertEquals(List.of(), result.added());
        assertEquals(1, result.skipped().size());
    }

    @Test
    void anUnreadableFileIsLeftOutAndTheOthersComeIn() throws Exception {
        Path locked = Files.writeString(sources.resolve("b"), "locked");
        Files.writeString(sources.resolve("a"), "a");
        Files.writeString(sources.resolve("c"), "c");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(locked), "root can read everything");

        ImportResult result = take(sources);

        assertEquals(2, result.added().size());
        assertEquals(1, result.skipped().size());
    }

    @Test
    void aFileThatVanishesMeanwhileIsLeftOutAndTheOthersComeIn() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(sources.resolve(name), name);
        }

        ImportResult result = device.documents.importFrom(List.of(sources), device.root(), new ImportWatch() {
            @Override
            public void at(long done, long total, long doneBytes, long totalBytes) {
                if (done == 1) {
                    List.of("a", "b", "c")
                            .forEach(name -> sources.resolve(name).toFile().delete());
                }
            }

            @Override
            public void added(List<Item> documents) {}
        });

        assertEquals(1, result.added().size());
        assertEquals(2, result.skipped().size());
        assertEquals(
                result.added().getFirst().name(),
                device.read(result.added().getFirst().id()));
    }

    @Test
    void anInterruptEndsTheImportAndWhatWasFinishedStays() throws Exception {
        for (int i = 0; i < 600; i++) {
            Files.writeString(sources.resolve("doc " + i), "content " + i);
        }
        List<Item> reported = new ArrayList<>();
        Thread worker = Thread.currentThread();

        VaultStoreTest.assertRefused(
                StoreException.Why.CANCELLED,
                () -> device.documents.importFrom(List.of(sources), device.root(), new ImportWatch() {
                    @Override
                    public void at(long done, long total, long doneBytes, long totalBytes) {
                        if (done == 300) {
                            worker.interrupt();
                        }
                    }

                    @Override
                    public void added(List<Item> documents) {
                        reported.addAll(documents);
                    }
                }));
        assertTrue(Thread.interrupted());
        device.reopen();

        assertEquals(300, reported.size());
        assertEquals(
                300,
                device.documents.list(device.documents.find("sources").id()).size());
        assertEquals(List.of(), device.store.verify(true, VerifyWatch.NONE).damages());
    }

    @Test
    void aSourceThatFailsHalfWayLeavesNothing() throws Exception {
        byte[] start = new byte[2 << 20];
        new Random(4).nextBytes(start);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the stick was pulled");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        InputStream failing = new SequenceInputStream(new ByteArrayInputStream(start), broken);

        VaultStoreTest.assertRefused(
                StoreException.Why.SOURCE_UNREADABLE,
                () -> device.documents.save(device.root(), "a", Device.NOW, failing, 3 << 20));

        assertEquals(List.of(), device.names());
        assertEquals(List.of(), device.packs());
    }

    @Test
    void filesAreForTheirOwnerAlone() throws Exception {
        device.save("a", "a");

        try (var files = Files.walk(device.folder)) {
            for (Path file : files.toList()) {
                String wanted = Files.isDirectory(file) ? "rwx------" : "rw-------";
                assertEquals(
                        wanted, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
            }
        }
    }
}
