package strongroom.vault.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.ChunkFiles;

/// Carries out one check of the store.
final class Verifier {
    private record Checked(OpenVault vault, Node document, Content content) {}

    private final Database database;
    private final ChunkFiles files;
    private final boolean readData;
    private final VerifyWatch watch;
    private final List<Damage> damages;
    private final Set<Digest> seen = new HashSet<>();

    Verifier(Database database, ChunkFiles files, boolean readData, VerifyWatch watch, List<Damage> known) {
        this.database = database;
        this.files = files;
        this.readData = readData;
        this.watch = watch;
        this.damages = new ArrayList<>(known);
    }

    Verification run(List<OpenVault> vaults) throws StoreException {
        damages.addAll(database.read(Verifier::databaseDamages));
        List<Checked> documents = new ArrayList<>();
        for (OpenVault vault : vaults) {
            damages.addAll(vault.recheck());
            vault.look(tree -> {
                for (Node node : tree.all()) {
                    if (node.content() != null) {
                        documents.add(new Checked(vault, node, node.content()));
                    }
                }
                return documents;
            });
        }
        long total =
                documents.stream().mapToLong(checked -> checked.content.size()).sum();
        long done = 0;
        long doneBytes = 0;
        for (Checked checked : documents) {
            check(checked);
            done++;
            doneBytes += checked.content.size();
            watch.at(done, documents.size(), doneBytes, total);
        }
        return new Verification(documents.size(), seen.size(), damages);
    }

    /// What SQLite itself finds wrong with its file.
    private static List<Damage> databaseDamages(Connection connection) throws SQLException {
        List<Damage> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check(10)")) {
            while (rows.next()) {
                if (!"ok".equals(rows.getString(1))) {
                    found.add(new Damage("vault.db", "The database file is damaged: " + rows.getString(1)));
                }
            }
        }
        return found;
    }

    private void check(Checked checked) throws StoreException {
        Set<Digest> absent = checked.vault.absent();
        for (ChunkRef chunk : checked.content.chunks()) {
            if (Thread.currentThread().isInterrupted()) {
                throw Failure.cancelled();
            }
            if (absent.contains(chunk.id()) && !files.has(chunk.id())) {
                continue;
            }
            if (!seen.add(chunk.id()) && !readData) {
                continue;
            }
            @Nullable String problem = problem(checked, chunk);
            if (problem != null) {
                damages.add(new Damage(path(checked), problem));
                return;
            }
        }
    }

    private static String path(Checked checked) throws StoreException {
        return checked.vault.look(tree -> Documents.path(tree, checked.document));
    }

    private @Nullable String problem(Checked checked, ChunkRef chunk) throws StoreException {
        try {
            if (readData) {
                ChunkCipher cipher = checked.vault.keys().chunks(checked.content.epoch());
                Arrays.fill(ContentStream.open(chunk, files, cipher), (byte) 0);
            } else if (files.size(chunk.id()) != ChunkCipher.sealedLength(chunk.length())) {
                return "A part of this document has the wrong length: it cannot be opened.";
            }
            return null;
        } catch (StoreException e) {
            if (e.why() == StoreException.Why.CLOSED) {
                throw e;
            }
            return e.why() == StoreException.Why.NOT_LOCAL
                    ? "A part of this document is gone: it cannot be opened."
                    : "A part of this document is damaged: it cannot be opened.";
        } catch (IOException e) {
            return "A part of this document is gone: it cannot be opened.";
        }
    }
}
