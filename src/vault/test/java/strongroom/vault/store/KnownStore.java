package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import strongroom.protocol.Digest;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.search.IndexWatch;

/// A store of which every content is known, for tests that change its files behind its back. Whatever can be read of it
/// afterwards must be what was written, and what cannot must be refused in the words of the store.
final class KnownStore implements AutoCloseable {
    static final int DOCUMENTS = 6;
    static final int LENGTH = 700;

    final Path folder;
    final SecretBytes key = FaultedStore.rootKey();
    private final Map<String, List<Digest>> known = new TreeMap<>();

    /// What came of opening and reading. @param why empty if it opened @param readable documents
    record Verdict(String why, int readable, List<Damage> damages, boolean found) {
        boolean isWhole() {
            return why.isEmpty() && readable == DOCUMENTS && damages.isEmpty();
        }
    }

    KnownStore(Path folder) throws Exception {
        this.folder = folder;
        try (FaultScript.Stage stage = FaultScript.create(folder, key)) {
            for (int i = 0; i < DOCUMENTS; i++) {
                save(stage, i, i);
            }
            stage.exchangeAll();
            stage.store().search().update(stage.store().corpus(), IndexWatch.NONE);
        }
    }

    void save(FaultScript.Stage stage, int document, int seed) throws StoreException {
        stage.save(name(document), 2 * seed + 1, LENGTH);
        know(document, seed);
    }

    void know(int document, int seed) {
        known.computeIfAbsent(name(document), name -> new ArrayList<>())
                .add(Digest.sha256(FaultScript.content(2 * seed + 1, LENGTH)));
    }

    static String name(int document) {
        return "document " + document + ".txt";
    }

    /// All files of the store.
    List<Path> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /// A copy that a test may spoil; removes the one before.
    Path fresh(Path target) throws IOException {
        if (Files.exists(target)) {
            remove(target);
        }
        copy(folder, target);
        return target;
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    Verdict judge(Path store) throws StoreException {
        return judge(store, false);
    }

    /// @param search also asks the search, before and after it was brought in step
    Verdict judge(Path store, boolean search) throws StoreException {
        try (FaultScript.Stage stage = FaultScript.Stage.open(store, key)) {
            List<Damage> damages = stage.store().verify(true, VerifyWatch.NONE).damages();
            int readable = 0;
            for (Item item : stage.documents().list(stage.vault())) {
                readable += isReadable(stage, item) ? 1 : 0;
            }
            boolean found = search && search(stage);
            return new Verdict("", readable, damages, found);
        } catch (StoreException e) {
            assertTrue(
                    List.of(StoreException.Why.DAMAGED, StoreException.Why.NOT_FOUND, StoreException.Why.IO)
                            .contains(e.why()),
                    () -> e.why() + " " + e.sentence());
            return new Verdict(e.why().toString(), 0, List.of(), false);
        }
    }

    private boolean isReadable(FaultScript.Stage stage, Item item) {
        if (item.folder()) {
            return false;
        }
        try (InputStream in = stage.documents().open(item.id())) {
            Digest content = Digest.sha256(in.readAllBytes());
            assertTrue(known.getOrDefault(item.name(), List.of()).contains(content), item.name() + " is another");
            return true;
        } catch (StoreException e) {
            return false;
        } catch (IOException e) {
            assertTrue(e.getCause() instanceof StoreException, () -> "" + e);
            return false;
        }
    }

    /// @return whether everything is found
    private static boolean search(FaultScript.Stage stage) throws StoreException {
        stage.store().search().search("document", 100);
        stage.store().search().update(stage.store().corpus(), IndexWatch.NONE);
        return stage.store().search().search("document", 100).size() == DOCUMENTS;
    }

    @Override
    public void close() {
        key.close();
    }
}
