package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.server.db.Database;

class DatabaseTest {
    private static final String VAULT =
            "INSERT INTO vault (id, head, created) VALUES (randomblob(16), randomblob(32), 1)";

    @TempDir
    private Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("test.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String pragma(Handle handle, String name) {
        return handle.createQuery("PRAGMA " + name).mapTo(String.class).one();
    }

    private long vaults() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM vault")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void aWriteIsOnTheDiskWhenItReturns() {
        assertEquals("wal", database.write(handle -> pragma(handle, "journal_mode")));
        assertEquals("2", database.write(handle -> pragma(handle, "synchronous")));
    }

    @Test
    void whatWasDeletedIsInNoFileOnceTheLogIsEmptied() throws Exception {
        byte[] chunk = new byte[32];
        new SecureRandom().nextBytes(chunk);
        assertEquals("1", database.write(handle -> pragma(handle, "secure_delete")));
        database.write(handle -> {
            handle.execute(VAULT);
            return handle.execute(
                    "INSERT INTO chunk (vault, id, size, sha256, at) SELECT id, ?, 1, ?, 1 FROM vault", chunk, chunk);
        });
        assertTrue(holds(chunk));

        database.write(handle -> handle.execute("DELETE FROM chunk"));
        database.emptyLog();

        assertFalse(holds(chunk));
    }

    private boolean holds(byte[] wanted) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1)
                        .contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void rowsThatPointNowhereAreRefused() {
        assertThrows(
                JdbiException.class,
                () -> database.write(handle -> handle.execute("INSERT INTO chunk (vault, id, size, sha256, at)"
                        + " VALUES (randomblob(16), randomblob(32), 1, randomblob(32), 1)")));
    }

    @Test
    void aWriteThatThrowsLeavesNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> database.write(handle -> {
                    handle.execute(VAULT);
                    throw new IllegalStateException();
                }));
        assertEquals(0, vaults());
    }

    @Test
    void aReaderCannotWrite() {
        assertThrows(JdbiException.class, () -> database.read(handle -> handle.execute(VAULT)));
        database.write(handle -> handle.execute(VAULT));
        assertEquals(1, vaults());
    }

    @Test
    void aDatabaseOfTheFirstVersionGetsTheTablesOfTheLaterOnesAndLosesNothing() {
        database.write(handle -> {
            handle.execute(VAULT);
            for (String table : List.of(
                    "self_destruction",
                    "policy",
                    "share_key",
                    "share_device",
                    "recovery_grant",
                    "recovery_key",
                    "tpm_key",
                    "device_tpm",
                    "posture")) {
                handle.execute("DROP TABLE " + table);
            }
            return handle.execute("DELETE FROM flyway_schema_history WHERE version > '1'");
        });
        database.close();

        database = Database.open(directory.resolve("test.db"));

        assertEquals(1, vaults());
        for (String joined : List.of(
                "share_key JOIN share_device USING (device) JOIN policy",
                "self_destruction",
                "recovery_grant JOIN recovery_key",
                "device_tpm JOIN tpm_key USING (device) JOIN posture USING (device)")) {
            assertEquals(0, database.<Integer, RuntimeException>read(handle -> handle.createQuery(
                            "SELECT count(*) FROM " + joined)
                    .mapTo(Integer.class)
                    .one()));
        }
    }

    @Test
    void aPolicyFromBeforeThereWereKindsIsOneOfTheServersShare() {
        database.write(handle -> {
            handle.execute("DROP TABLE self_destruction");
            handle.execute("DROP TABLE policy");
            handle.execute("CREATE TABLE share_policy (number INTEGER NOT NULL PRIMARY KEY, statement BLOB NOT NULL)");
            handle.execute("INSERT INTO share_policy VALUES (3, x'0102'), (4, x'0304')");
            return handle.execute("DELETE FROM flyway_schema_history WHERE version > '4'");
        });
        database.close();

        database = Database.open(directory.resolve("test.db"));

        assertEquals(
                List.of("share 3 0102", "share 4 0304"),
                database.<List<String>, RuntimeException>read(handle -> handle.createQuery(
                                "SELECT kind || ' ' || number || ' ' || hex(statement) FROM policy ORDER BY number")
                        .mapTo(String.class)
                        .list()));
    }

    @Test
    void whatIsThereIsThereAgainAndMigratingTwiceChangesNothing() {
        database.write(handle -> handle.execute(VAULT));
        database.close();
        database = Database.open(directory.resolve("test.db"));
        assertEquals(1, vaults());
    }
}
