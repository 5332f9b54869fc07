package strongroom.vault.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.Place;

/// Carries out one check of the store.
final class Verifier {
    private static final String GONE = "A part of this document is gone: it cannot be opened.";

    /// One content of a document, the present or an earlier one.
    record Checked(OpenVault vault, Node document, Content content) {}

    /// A chunk that is not what it must be, or not where it must be.
    ///
    /// @param path of the document
    record Broken(Checked checked, String path, ChunkRef chunk) {}

    private final Database database;
    private final Chunks chunks;
    private final boolean readData;
    private final VerifyWatch watch;
    private final List<Damage> damages;
    private final Set<Digest> seen = new HashSet<>();
    private final Map<Digest, String> problems = new HashMap<>();
    private final Map<OpenVault, Set<Digest>> absent = new HashMap<>();
    private final List<Broken> broken = new ArrayList<>();

    Verifier(Database database, Chunks chunks, boolean readData, VerifyWatch watch, List<Damage> known) {
        this.database = database;
        this.chunks = chunks;
        this.readData = readData;
        this.watch = watch;
        this.damages = new ArrayList<>(known);
    }

    Verification run(List<OpenVault> vaults) throws StoreException {
        damages.addAll(database.read(Verifier::databaseDamages));
        List<Checked> contents = new ArrayList<>();
        Set<Id> documents = new HashSet<>();
        for (OpenVault vault : vaults) {
            damages.addAll(vault.recheck());
            absent.put(vault, vault.holdings().absent());
            vault.look(tree -> {
                for (Node node : tree.all()) {
                    node.contents().forEach(content -> contents.add(new Checked(vault, node, content)));
                    if (!node.isFolder()) {
                        documents.add(node.id());
                    }
                }
                return documents;
            });
        }
        long total =
                contents.stream().mapToLong(checked -> checked.content.size()).sum();
        long done = 0;
        long doneBytes = 0;
        for (Checked checked : contents) {
            check(checked);
            done++;
            doneBytes += checked.content.size();
            watch.at(done, contents.size(), doneBytes, total);
        }
        return new Verification(documents.size(), seen.size(), damages);
    }

    /// After {@link #run}: what it found in the place of chunks.
    List<Broken> broken() {
        return broken;
    }

    /// Looks at some contents alone.
    List<Broken> look(Collection<Checked> contents) throws StoreException {
        for (Checked checked : contents) {
            check(checked);
        }
        return broken;
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
        Set<Digest> away = absent.getOrDefault(checked.vault, Set.of());
        boolean told = false;
        List<ChunkRef> all = new ArrayList<>(checked.content.chunks());
        if (checked.content.listed()) {
            try {
                all.addAll(checked.vault.holdings().lists().data(checked.content));
            } catch (StoreException e) {
                if (e.why() == StoreException.Why.CLOSED) {
                    throw e;
                }
                // Its chunks are looked at all the same, and one of them is away or damaged.
            }
        }
        for (ChunkRef chunk : all) {
            if (Thread.currentThread().isInterrupted()) {
                throw Failure.cancelled();
            }
            if (away.contains(chunk.id()) && !chunks.has(chunk.id())) {
                continue;
            }
            if (seen.add(chunk.id())) {
                @Nullable String found = problem(checked, chunk);
                if (found != null) {
                    problems.put(chunk.id(), found);
                }
            }
            @Nullable String problem = problems.get(chunk.id());
            if (problem != null) {
                String path = path(checked);
                broken.add(new Broken(checked, path, chunk));
                if (!told) {
                    damages.add(new Damage(path, problem));
                    told = true;
                }
            }
        }
    }

    private static String path(Checked checked) throws StoreException {
        return checked.vault.look(tree -> {
            @Nullable Content now = checked.document.content();
            String path = Documents.path(tree, checked.document);
            return now != null && now.revision().equals(checked.content.revision())
                    ? path
                    : path + " (version " + checked.content.version() + ")";
        });
    }

    private @Nullable String problem(Checked checked, ChunkRef chunk) throws StoreException {
        try {
            if (readData) {
                ChunkCipher cipher = checked.vault.keys().chunks(checked.content.epoch());
                try (var opened = new OpenChunk(chunks, cipher)) {
                    opened.open(chunk, null);
                }
                return null;
            }
            Optional<Place> place = chunks.place(chunk.id());
            if (place.isEmpty()) {
                return GONE;
            }
            return chunks.isWhole(place.get()) ? null : GONE;
        } catch (StoreException e) {
            return switch (e.why()) {
                case CLOSED -> throw e;
                case NOT_LOCAL -> GONE;
                default -> "A part of this document is damaged: it cannot be opened.";
            };
        }
    }
}
