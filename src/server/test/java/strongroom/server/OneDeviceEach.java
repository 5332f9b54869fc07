package strongroom.server;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import strongroom.server.admin.AdminConsole;

/// A server for all tests of a class, an administrator at it, and a device of its own for each test.
abstract class OneDeviceEach {
    @TempDir
    static Path directory;

    static TestOrganisation organisation;
    static AdminConsole console;

    DeviceClient device;

    @BeforeAll
    static void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        console = organisation.console();
    }

    @AfterAll
    static void stop() {
        console.close();
        organisation.close();
    }

    @BeforeEach
    void enrol(TestInfo test) throws Exception {
        device = organisation.enrol(test.getDisplayName());
    }

    @AfterEach
    void leave() {
        device.close();
    }
}
