package strongroom.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The one SQLite file of the server. A write is durable when it returns: write-ahead log with `synchronous=FULL`.
/// What is deleted is overwritten with zeros (`secure_delete`), and gone from the files once the log is emptied.
/// There is one writing connection, so writes happen one after the other and never meet `SQLITE_BUSY`; reads go on
/// beside them. Safe for all threads; a callback must not start another write, it would wait for itself.
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 10_000;

    private final HikariDataSource writerPool;
    private final HikariDataSource readerPool;
    private final Jdbi writer;
    private final Jdbi reader;

    private Database(HikariDataSource writerPool, HikariDataSource readerPool) {
        this.writerPool = writerPool;
        this.readerPool = readerPool;
        this.writer = Jdbi.create(writerPool);
        this.reader = Jdbi.create(readerPool);
    }

    /// Opens or makes the database and brings it to the newest schema.
    public static Database open(Path file) {
        HikariDataSource writerPool = pool(file, "writer", 1, SQLiteConfig.TransactionMode.IMMEDIATE, null);
        try {
            migrate(writerPool);
            // If the program was killed between a deletion and this, it is made up for.
            emptyLog(Jdbi.create(writerPool));
            // Readers cannot write even by mistake: a write on them would not queue behind the one writer.
            return new Database(
                    writerPool,
                    pool(file, "readers", READERS, SQLiteConfig.TransactionMode.DEFERRED, "PRAGMA query_only = 1"));
        } catch (RuntimeException e) {
            writerPool.close();
            throw e;
        }
    }

    /// Reads one consistent state.
    public <T, X extends Exception> T read(HandleCallback<T, X> callback) throws X {
        return reader.inTransaction(callback);
    }

    /// Does all of `callback` or, if it throws, nothing.
    public <T, X extends Exception> T write(HandleCallback<T, X> callback) throws X {
        return writer.inTransaction(callback);
    }

    @Override
    public void close() {
        readerPool.close();
        writerPool.close();
    }

    /// Writes the log into the file and cuts it to nothing, so that what was deleted before is in neither. Waits for
    /// whoever reads; if that takes too long, the log is emptied the next time.
    public void emptyLog() {
        emptyLog(writer);
    }

    private static void emptyLog(Jdbi writer) {
        boolean busy = writer.withHandle(handle -> handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                .mapTo(Boolean.class)
                .one());
        if (busy) {
            LOG.warn("the log of the database could not be emptied now: somebody reads");
        }
    }

    private static void migrate(HikariDataSource source) {
        Flyway.configure()
                .dataSource(source)
                .resourceProvider(new Migrations())
                .locations(new String[0])
                .cleanDisabled(true)
                .load()
                .migrate();
    }

    private static HikariDataSource pool(
            Path file, String name, int size, SQLiteConfig.TransactionMode mode, @Nullable String firstStatement) {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        sqlite.enforceForeignKeys(true);
        sqlite.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        sqlite.setBusyTimeout(BUSY_MILLIS);
        sqlite.setTransactionMode(mode);
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(source);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        if (firstStatement != null) {
            pool.setConnectionInitSql(firstStatement);
        }
        return new HikariDataSource(pool);
    }
}
