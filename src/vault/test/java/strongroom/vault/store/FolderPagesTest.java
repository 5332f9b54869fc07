package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.catalog.Change;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.catalog.Tree;

/// The pages say of any tree what its rows say, however it grew and shrank.
class FolderPagesTest {
    private static final Digest MARKS = Digest.sha256(new byte[] {1});

    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    void pagesSayWhatTheTreeSays(@ForAll long seed) throws Exception {
        Growing growing = new Growing(new Random(seed));
        Path folder = Files.createTempDirectory("strongroom-pages");
        try (Database database = Database.create(folder);
                SecretBytes root = SecretBytes.random(32, Device.RANDOM);
                SealedRows rows = new SealedRows(root, Device.RANDOM)) {
            FolderPages pages = new FolderPages(rows, growing.vault);
            for (int step = 0; step < 40; step++) {
                growing.write(database, pages, step < 25 ? growing.growth() : growing.decline());
            }

            FolderPages read = new FolderPages(rows, growing.vault);
            List<FolderPages.Versioned> found = read.load(database, MARKS).orElseThrow();
            assertEquals(
                    growing.versions,
                    found.stream()
                            .collect(Collectors.toMap(entry -> entry.node().id(), FolderPages.Versioned::version)));
            for (FolderPages.Versioned entry : found) {
                assertEquals(growing.tree.recorded(entry.node().id()), entry.node());
            }
            for (Id one : growing.folders) {
                Set<Node> wanted = new HashSet<>(growing.tree.children(one));
                Optional<List<Node>> children = database.read(connection -> read.children(connection, MARKS, one));
                assertEquals(wanted, children.map(HashSet::new).orElseGet(HashSet::new));
            }
        } finally {
            RandomHistoryTest.delete(folder);
        }
    }

    /// A tree that grows and shrinks, and what its rows would be.
    private static final class Growing {
        private final Random random;
        private final Id vault;
        private final Tree tree;
        private final Map<Id, Long> versions = new HashMap<>();
        private final List<Id> folders = new ArrayList<>();
        private long version;

        private Growing(Random random) {
            this.random = random;
            this.vault = Id.random(random);
            this.tree = new Tree(vault);
            folders.add(vault);
        }

        private void write(Database database, FolderPages pages, List<Operation> operations) throws StoreException {
            Tree.Undo undo = tree.apply(new Change(Id.random(random), Device.NOW, "laptop", operations));
            version++;
            for (Id id : undo.touched()) {
                @Nullable Node node = tree.recorded(id);
                if (node == null) {
                    versions.remove(id);
                } else {
                    versions.put(id, version);
                }
            }
            database.write(connection -> {
                pages.write(
                        connection,
                        version,
                        tree,
                        undo.nodesBefore(),
                        undo.touched(),
                        id -> versions.getOrDefault(id, 0L));
                pages.conclude(connection, version, MARKS, versions.size());
                return pages;
            });
        }

        private List<Operation> growth() {
            List<Operation> operations = new ArrayList<>();
            int count = random.nextInt(120);
            Id into = folders.get(random.nextInt(folders.size()));
            for (int i = 0; i < count; i++) {
                Id id = Id.random(random);
                operations.add(new Operation.PutFolder(id, into, "folder " + random.nextInt(1000), Device.NOW));
                if (random.nextInt(20) == 0) {
                    folders.add(id);
                }
            }
            if (random.nextBoolean()) {
                Id moved = folders.get(random.nextInt(folders.size()));
                operations.add(new Operation.Move(moved, into, "moved " + random.nextInt(100)));
            }
            return operations;
        }

        private List<Operation> decline() {
            List<Operation> operations = new ArrayList<>();
            for (Node node : List.copyOf(tree.all())) {
                if (random.nextInt(3) == 0 && !node.id().equals(vault)) {
                    operations.add(
                            node.isRemoved()
                                    ? random.nextBoolean()
                                            ? new Operation.Purge(node.id(), null)
                                            : new Operation.Restore(node.id())
                                    : new Operation.Remove(node.id(), null));
                }
            }
            assertTrue(operations.size() < 5_000);
            return operations;
        }
    }
}
