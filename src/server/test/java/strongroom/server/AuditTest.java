package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Order;
import strongroom.server.admin.AdminConsole;
import strongroom.server.audit.Audit;
import strongroom.server.db.Database;

class AuditTest {
    @TempDir
    private Path directory;

    private final Audit audit = new Audit(Clock.systemUTC());
    private Database database;

    @BeforeEach
    void actAndStop() throws Exception {
        try (TestOrganisation organisation = TestOrganisation.start(directory);
                DeviceClient device = organisation.enrol("Grace");
                AdminConsole console = organisation.console()) {
            console.order(device.id(), Order.Action.FREEZE, "");
            console.order(device.id(), Order.Action.THAW, "");
            console.order(device.id(), Order.Action.WIPE, "lost");
        }
        database = Database.open(directory.resolve("server").resolve("strongroom.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void assertBrokenBy(String sql) {
        database.write(handle -> handle.execute(sql));
        assertFalse(database.read(audit::isWhole), sql);
    }

    @Test
    void eachActOfAnAdministratorHasOneRow() {
        assertTrue(database.read(audit::isWhole));
        assertEquals(List.of("code", "freeze", "thaw", "wipe"), database.read(handle -> handle.createQuery(
                        "SELECT act FROM audit ORDER BY sequence")
                .mapTo(String.class)
                .list()));
    }

    @Test
    void aChangedRowBreaksTheChain() {
        assertBrokenBy("UPDATE audit SET act = 'drill' WHERE act = 'wipe'");
    }

    @Test
    void aChangedTimeBreaksTheChain() {
        assertBrokenBy("UPDATE audit SET at = at + 1 WHERE sequence = 1");
    }

    @Test
    void aRowTakenOutBreaksTheChain() {
        assertBrokenBy("DELETE FROM audit WHERE sequence = 2");
    }

    @Test
    void rowsPutInAnotherOrderBreakTheChain() {
        assertBrokenBy("UPDATE audit SET sequence = CASE sequence WHEN 2 THEN 30 ELSE 2 END WHERE sequence = 2");
    }
}
