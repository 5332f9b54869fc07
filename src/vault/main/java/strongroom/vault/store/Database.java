package strongroom.vault.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import strongroom.vault.home.DurableFile;
import strongroom.vault.store.chunk.PackFolder;
import strongroom.vault.store.chunk.PrivateFolder;

/// The SQLite file that window and agent share, each through a connection of its own. A write is one transaction,
/// on disk when it returns. Safe for several threads, which take turns.
final class Database implements AutoCloseable {
    private static final int FORMAT = 2;
    private static final List<String> FILE_ENDINGS = List.of("", "-wal", "-shm", "-journal");
    private static final long ROOM_TO_OPEN = 64 << 10;
    private static final int BUSY_MILLISECONDS = 60_000;

    private static final String[] SETTINGS = {
        "PRAGMA busy_timeout = " + BUSY_MILLISECONDS,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA secure_delete = ON",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA trusted_schema = OFF",
        "PRAGMA cell_size_check = ON",
        "PRAGMA journal_size_limit = 16777216",
    };

    /// Came later than the rest: a store that was made without one gets it when it is opened.
    private static final List<String> LATER = List.of("""
            CREATE TABLE IF NOT EXISTS refused (vault BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (vault, hash))
                WITHOUT ROWID""", Replays.WANTED, Replays.LOG);

    /// What a chunk takes in its pack beside its ciphertext.
    private static final int HEADER = PackFolder.RECORD_HEADER;

    private static final String[] SCHEMA = {
        """
        CREATE TABLE row (kind INTEGER NOT NULL, vault BLOB NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL,
            sealed BLOB NOT NULL, UNIQUE (kind, vault, id))""",
        """
        CREATE TABLE outbox (vault BLOB NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL,
            parent BLOB NOT NULL, encoded BLOB NOT NULL, UNIQUE (vault, sequence))""",
        """
        CREATE TABLE inbox (vault BLOB NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL,
            parent BLOB NOT NULL, encoded BLOB NOT NULL, UNIQUE (vault, sequence))""",
        """
        CREATE TABLE history (vault BLOB NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL,
            PRIMARY KEY (vault, sequence)) WITHOUT ROWID""",
        """
        CREATE TABLE chunk_out (position INTEGER PRIMARY KEY AUTOINCREMENT, vault BLOB NOT NULL,
            chunk BLOB NOT NULL, UNIQUE (vault, chunk))""",
        """
        CREATE TABLE chunk_in (position INTEGER PRIMARY KEY AUTOINCREMENT, vault BLOB NOT NULL,
            chunk BLOB NOT NULL, wanted INTEGER NOT NULL, UNIQUE (vault, chunk))""",
        """
        CREATE TABLE pack (number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE,
            side INTEGER NOT NULL, length INTEGER NOT NULL, live INTEGER NOT NULL DEFAULT 0)""",
        """
        CREATE TABLE chunk (id BLOB PRIMARY KEY, pack INTEGER NOT NULL, position INTEGER NOT NULL,
            length INTEGER NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX chunk_by_pack ON chunk (pack)",
        "CREATE TRIGGER chunk_came AFTER INSERT ON chunk BEGIN" + " UPDATE pack SET live = live + new.length + "
                + HEADER + " WHERE number = new.pack; END",
        "CREATE TRIGGER chunk_went AFTER DELETE ON chunk BEGIN" + " UPDATE pack SET live = live - old.length - "
                + HEADER + " WHERE number = old.pack; END",
        "CREATE TABLE offered (vault BLOB PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID",
        "PRAGMA user_version = " + FORMAT,
    };

    /// Work on the connection; its exceptions undo a write.
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException, StoreException, IOException;
    }

    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private boolean closed;
    private volatile boolean inDoubt;
    private long written;

    private Database(Connection connection) {
        this.connection = connection;
    }

    static Path file(Path storeFolder) {
        return storeFolder.resolve("vault.db");
    }

    /// Opens a database that is there.
    static Database open(Path storeFolder) throws StoreException {
        if (!Files.exists(file(storeFolder), LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(StoreException.Why.NOT_FOUND, "There is no store here.");
        }
        Database database = connect(storeFolder);
        try {
            int format = database.read(connection -> number(connection, "PRAGMA user_version"));
            if (format != FORMAT) {
                String sentence = format == 0
                        ? "The store was never finished."
                        : "The store was written by another version of this program.";
                throw new StoreException(
                        format == 0 ? StoreException.Why.NOT_FOUND : StoreException.Why.DAMAGED, sentence);
            }
            database.read(connection -> {
                makeLater(connection);
                return format;
            });
            return database;
        } catch (StoreException e) {
            database.close();
            throw e;
        }
    }

    /// Makes a database, or goes on with one that a crash left without tables.
    static Database create(Path storeFolder) throws StoreException {
        try {
            PrivateFolder.makeDurably(storeFolder);
            PrivateFolder.makeFile(file(storeFolder));
            DurableFile.forceFolder(storeFolder);
        } catch (IOException e) {
            throw Failure.of(e);
        }
        Database database = connect(storeFolder);
        try {
            database.write(connection -> {
                if (number(connection, "PRAGMA user_version") == 0) {
                    for (String statement : SCHEMA) {
                        execute(connection, statement);
                    }
                    makeLater(connection);
                }
                return FORMAT;
            });
            return database;
        } catch (StoreException e) {
            database.close();
            throw e;
        }
    }

    private static void makeLater(Connection connection) throws SQLException {
        for (String statement : LATER) {
            execute(connection, statement);
        }
    }

    /// A FIFO in the place of a file would hang SQLite, a link would lead out of the store.
    private static void checkFiles(Path storeFolder) throws StoreException {
        Path file = file(storeFolder);
        for (String ending : FILE_ENDINGS) {
            Path place = file.resolveSibling(file.getFileName() + ending);
            boolean taken = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
            if (taken && !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new StoreException(
                        StoreException.Why.DAMAGED, "Something else is in the place of the store's database.");
            }
        }
    }

    private static Database connect(Path storeFolder) throws StoreException {
        checkFiles(storeFolder);
        try {
            // As a URI, so that no character of the path is taken for an option.
            String url = "jdbc:sqlite:" + file(storeFolder).toAbsolutePath().toUri();
            Connection connection = DriverManager.getConnection(url);
            try {
                for (String setting : SETTINGS) {
                    execute(connection, setting);
                }
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new Database(connection);
        } catch (SQLException e) {
            StoreException failure = Failure.of(e);
            throw failure.why() == StoreException.Why.IO && isFull(storeFolder) ? Failure.full(e) : failure;
        }
    }

    /// SQLite names no reason when it does not get the room for its index of the log, which is 32 KiB.
    private static boolean isFull(Path storeFolder) {
        try {
            return Files.getFileStore(storeFolder).getUsableSpace() < ROOM_TO_OPEN;
        } catch (IOException e) {
            return false;
        }
    }

    /// Reads.
    <T> T read(Work<T> work) throws StoreException {
        lock.lock();
        try {
            if (closed) {
                throw Failure.closed();
            }
            return work.run(connection);
        } catch (SQLException e) {
            throw Failure.of(e);
        } catch (IOException e) {
            throw Failure.of(e);
        } finally {
            lock.unlock();
        }
    }

    /// A statement that is prepared once, for what is asked thousands of times: to prepare it takes longer than to
    /// answer. Only from within {@link #read} or {@link #write}; its result is closed before the next question.
    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /// Does all of `work` durably, or nothing of it.
    <T> T write(Work<T> work) throws StoreException {
        return read(connection -> {
            execute(connection, "BEGIN IMMEDIATE");
            boolean committed = false;
            try {
                T result = work.run(connection);
                commit(connection);
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollBack(connection);
                }
            }
        });
    }

    private void commit(Connection connection) throws SQLException {
        try {
            execute(connection, "COMMIT");
            written++;
            inDoubt = false;
        } catch (SQLException e) {
            // If there was no room, the log has no end of the change, and it is nothing.
            inDoubt |= !Failure.isFull(e);
            throw e;
        }
    }

    /// Whether a change that was told to have failed may be there after the next opening: the disk said that it
    /// could not make it durable, and it stands whole in the write-ahead log, where nothing reads it until somebody
    /// opens the database anew. The next change that succeeds takes its place. Until then nothing is removed that
    /// it needs.
    boolean isInDoubt() {
        return inDoubt;
    }

    /// Takes what was overwritten out of the write-ahead log, too: it holds pages as they were before. What another
    /// process is reading at the moment stays until the next time.
    void scrub() throws StoreException {
        read(connection -> {
            execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            return true;
        });
    }

    private static void rollBack(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            // After some failures SQLite has rolled back by itself; the failure that led here is the one to tell.
            return;
        }
    }

    static void execute(Connection connection, String statement) throws SQLException {
        try (Statement prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    /// Which state of the tables this is: another one as soon as anybody has written.
    ///
    /// @param others what SQLite counts of the writes of others @param own how often this one wrote
    record Version(long others, long own) {}

    Version version() throws StoreException {
        return read(_ -> {
            try (ResultSet result = prepared("PRAGMA data_version").executeQuery()) {
                return new Version(result.getLong(1), written);
            }
        });
    }

    static int number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            connection.close();
        } catch (SQLException e) {
            // Everything that was promised is on disk already.
            return;
        } finally {
            lock.unlock();
        }
    }
}
