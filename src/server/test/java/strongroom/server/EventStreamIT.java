package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;

/// Streams over more time than a silent connection is given. Takes 75 seconds: that is the point.
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class EventStreamIT {
    private static final int BEATS = 4;

    @TempDir
    private Path directory;

    @Test
    void heartbeatsKeepAStreamOpenBeyondTheIdleTimeAndEventsStillCome() throws Exception {
        try (TestOrganisation organisation = TestOrganisation.start(directory);
                DeviceClient device = organisation.enrol("Grace")) {
            List<BufferedReader> streams =
                    List.of(open(device, HttpClient.Version.HTTP_2), open(device, HttpClient.Version.HTTP_1_1));
            for (int beat = 0; beat < BEATS; beat++) {
                for (BufferedReader stream : streams) {
                    assertEquals(":", stream.readLine());
                    assertEquals("", stream.readLine());
                }
            }

            Id vault = device.createVault();

            for (BufferedReader stream : streams) {
                assertEquals("event: head", stream.readLine());
                assertEquals("data: " + vault, stream.readLine());
            }
        }
    }

    private static BufferedReader open(DeviceClient device, HttpClient.Version version) throws Exception {
        return new BufferedReader(new InputStreamReader(device.events(version).body(), StandardCharsets.UTF_8));
    }
}
