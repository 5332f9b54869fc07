package strongroom.vault.store;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.store.chunk.PackBatch;
import strongroom.vault.store.chunk.Place;
import strongroom.vault.store.chunk.Side;

/// The exchange over the database and the chunk folder of a store.
final class SqliteExchange implements Exchange {
    private final Database database;
    private final Chunks chunks;

    private SqliteExchange(Database database, Chunks chunks) {
        this.database = database;
        this.chunks = chunks;
    }

    static SqliteExchange open(Path storeFolder, SecureRandom random) throws StoreException {
        Database database = Database.open(storeFolder);
        try {
            Chunks chunks = Chunks.open(storeFolder, database, Side.AGENT, random);
            // Whatever they hold comes again from the server.
            chunks.removeLeftovers();
            return new SqliteExchange(database, chunks);
        } catch (StoreException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public void offerVaults(List<VaultRecord> vaults) throws StoreException {
        database.write(connection -> {
            for (VaultRecord vault : vaults) {
                Heads.checkNotBehind(connection, vault);
                String insert = "INSERT OR REPLACE INTO offered (vault, record) VALUES (?, ?)";
                try (PreparedStatement statement = connection.prepareStatement(insert)) {
                    statement.setBytes(1, vault.vault().toByteArray());
                    statement.setBytes(2, VaultRecord.toByteArray(List.of(vault)));
                    statement.executeUpdate();
                }
            }
            return vaults.size();
        });
    }

    @Override
    public List<Id> vaults() throws StoreException {
        return database.read(Heads::vaults);
    }

    @Override
    public Head head(Id vault) throws StoreException {
        return database.read(connection -> Heads.of(connection, vault));
    }

    @Override
    public Optional<Commit> outgoing(Id vault) throws StoreException {
        return database.read(connection -> {
            Head head = Heads.of(connection, vault);
            Optional<LogTable.Row> first = LogTable.OUTBOX.first(connection, vault);
            if (first.isEmpty()
                    || first.get().sequence() != head.sequence() + 1
                    || !first.get().parent().equals(head.hash())) {
                return Optional.empty();
            }
            try {
                return Optional.of(first.get().commit());
            } catch (MalformedException e) {
                throw Failure.damaged("A change that waits to be sent is damaged.", e);
            }
        });
    }

    @Override
    public int pendingCommits() throws StoreException {
        return database.read(connection -> Database.number(connection, "SELECT count(*) FROM outbox"));
    }

    @Override
    public void accepted(Id vault, Commit commit) throws StoreException {
        database.write(connection -> {
            Head head = Heads.of(connection, vault);
            if (!head.hash().equals(commit.hash())) {
                take(connection, vault, head, commit);
            }
            return head;
        });
    }

    @Override
    public void incoming(Id vault, List<Commit> commits) throws StoreException {
        database.write(connection -> {
            Head head = Heads.of(connection, vault);
            for (Commit commit : commits) {
                head = take(connection, vault, head, commit);
            }
            return head;
        });
    }

    /// Makes `commit` the head, if it continues the chain.
    private Head take(Connection connection, Id vault, Head head, Commit commit) throws SQLException, StoreException {
        CommitHeader header = header(commit);
        if (header.sequence() <= head.sequence()
                && Heads.at(connection, vault, header.sequence()).equals(commit.hash())) {
            return head;
        }
        if (!header.vault().equals(vault)
                || header.sequence() != head.sequence() + 1
                || !header.parent().equals(head.hash())
                || !header.body().equals(Digest.sha256(commit.body()))) {
            throw Failure.contradiction("The server's history of a vault does not continue the one known here.");
        }
        if (RefusedCommits.has(connection, vault, commit.hash())) {
            throw Failure.forged();
        }
        Optional<LogTable.Row> own = LogTable.OUTBOX.at(connection, vault, header.sequence());
        if (own.isPresent() && own.get().hash().equals(commit.hash())) {
            LogTable.OUTBOX.delete(connection, vault, header.sequence());
            Transfers.sent(connection, vault, header.chunks());
        } else {
            Transfers.fetch(connection, vault, absent(header.chunks()));
        }
        LogTable.INBOX.insert(connection, vault, header.sequence(), header.parent(), commit);
        Head next = new Head(header.sequence(), commit.hash());
        Heads.add(connection, vault, next);
        return next;
    }

    private List<Digest> absent(List<Digest> chunks) throws SQLException {
        List<Digest> absent = new ArrayList<>();
        for (Digest chunk : chunks) {
            if (Places.find(database, chunk).isEmpty()) {
                absent.add(chunk);
            }
        }
        return absent;
    }

    private static CommitHeader header(Commit commit) throws StoreException {
        try {
            return commit.unverifiedHeader();
        } catch (MalformedException e) {
            throw new StoreException(
                    StoreException.Why.CONTRADICTION, "The server sent something that is no change.", e);
        }
    }

    @Override
    public OptionalLong replayFrom(Id vault) throws StoreException {
        return database.read(connection -> Replays.next(connection, vault));
    }

    @Override
    public void replayed(Id vault, List<Commit> commits) throws StoreException {
        database.write(connection -> {
            Replays.take(connection, vault, commits);
            return commits.size();
        });
    }

    @Override
    public List<Digest> chunksToSend(Id vault, int limit) throws StoreException {
        return database.read(connection -> Transfers.toSend(connection, vault, limit));
    }

    @Override
    public void chunksSent(Id vault, List<Digest> sent) throws StoreException {
        database.write(connection -> {
            Transfers.sent(connection, vault, sent);
            return sent.size();
        });
    }

    @Override
    public List<Digest> chunksToFetch(Id vault, int limit) throws StoreException {
        return database.read(connection -> Transfers.toFetch(connection, vault, limit));
    }

    @Override
    public byte[] chunk(Id vault, Digest chunk) throws StoreException {
        return chunks.read(chunk);
    }

    @Override
    public void fetched(Id vault, Digest chunk, byte[] ciphertext) throws StoreException {
        if (ciphertext.length > Wire.CHUNK_LIMIT) {
            throw Failure.contradiction("The server sent a part of a document that is too long.");
        }
        try (PackBatch batch = chunks.batch()) {
            Place place = batch.add(chunk, ciphertext);
            batch.force();
            database.write(connection -> {
                Places.put(connection, batch.lengths(), Map.of(chunk, place));
                Transfers.here(connection, vault, List.of(chunk));
                return place;
            });
            batch.committed();
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    @Override
    public void missing(Id vault, Digest chunk) throws StoreException {
        database.write(connection -> {
            Transfers.missing(connection, vault, chunk);
            return chunk;
        });
    }

    @Override
    public void tidy() throws StoreException {
        // Who has no keys cannot tell what was destroyed from what only left: both leave the disk.
        chunks.repack(Chunks.ANY_WASTE);
    }

    /// What the server said of each vault it listed.
    static List<VaultRecord> offered(Database database) throws StoreException {
        return database.read(connection -> {
            List<VaultRecord> found = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement("SELECT record FROM offered");
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.addAll(VaultRecord.listOf(rows.getBytes(1)));
                }
            } catch (MalformedException e) {
                throw Failure.damaged("What the server said of a vault is damaged.", e);
            }
            return found;
        });
    }

    @Override
    public void close() {
        database.close();
        chunks.close();
    }
}
