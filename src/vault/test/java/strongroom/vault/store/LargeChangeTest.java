package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Commit;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.store.catalog.Change;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.chunk.Side;

/// What does not fit into one commit goes into several, in one transaction.
class LargeChangeTest {
    @TempDir
    Path folder;

    private final Id vault = Id.random(Device.RANDOM);

    @Test
    void aDocumentOfFortyGibibytesNamesAllItsChunks() throws Exception {
        List<ChunkRef> chunks = new ArrayList<>();
        Set<Digest> ids = new LinkedHashSet<>();
        for (int i = 0; i < 40_000; i++) {
            Digest id = Digest.sha256(ByteBuffer.allocate(4).putInt(i).array());
            ids.add(id);
            chunks.add(new ChunkRef(id, 1 << 20));
        }
        Content content = new Content(Id.random(Device.RANDOM), 1, Device.NOW, 1, 40_000L << 20, false, chunks);
        Operation put = new Operation.PutDocument(Id.random(Device.RANDOM), vault, "big", Device.NOW, null, content);

        List<Commit> commits = commit(List.of(put), ids);

        assertEquals(3, commits.size());
        Set<Digest> named = new LinkedHashSet<>();
        for (Commit commit : commits) {
            assertTrue(Commit.toByteArray(List.of(commit)).length < Commit.BODY_LIMIT);
            named.addAll(commit.unverifiedHeader().chunks());
        }
        assertEquals(List.copyOf(ids), List.copyOf(named));
    }

    @Test
    void aFolderOfManyEntriesIsMadeInSeveralCommits() throws Exception {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 50_010; i++) {
            operations.add(new Operation.PutFolder(Id.random(Device.RANDOM), vault, "folder " + i, Device.NOW));
        }

        assertEquals(2, commit(operations, Set.of()).size());
    }

    private List<Commit> commit(List<Operation> operations, Set<Digest> chunks) throws Exception {
        try (Database database = Database.create(folder);
                SecretBytes root = SecretBytes.random(32, Device.RANDOM);
                SealedRows rows = new SealedRows(root, Device.RANDOM);
                VaultKeys keys = new VaultKeys(vault);
                BoxKey box = BoxKey.generate(Device.RANDOM);
                SigningKey signing = SigningKey.generate(Device.RANDOM);
                PersonIdentity waiting = PersonIdentity.waiting(vault, "Ada", vault, "laptop", box);
                PersonIdentity identity = waiting.with(signing, box);
                Author author = Author.of(identity)) {
            keys.add(1, root);
            Chunks none = Chunks.open(folder, database, Side.WINDOW, Device.RANDOM);
            ContentLists lists = new ContentLists(none, keys);
            Replica replica = new Replica(vault, keys, lists, rows, Device.RANDOM);
            Change change = new Change(Id.random(Device.RANDOM), Device.NOW, "laptop", operations);
            database.write(connection -> {
                replica.begin(database, connection);
                replica.commit(connection, author, change, chunks);
                return replica;
            });
            int entries = replica.tree().all().size();

            Replica loaded = new Replica(vault, keys, lists, rows, Device.RANDOM);
            loaded.load(database, false);

            assertEquals(entries, loaded.tree().all().size());
            assertEquals(operations.size() + 1, entries);
            assertEquals(List.of(), loaded.damages());
            List<Commit> commits = new ArrayList<>();
            for (LogTable.Row row :
                    database.read(connection -> LogTable.OUTBOX.from(connection, vault, 0, Integer.MAX_VALUE))) {
                commits.add(row.commit());
            }
            return commits;
        }
    }
}
