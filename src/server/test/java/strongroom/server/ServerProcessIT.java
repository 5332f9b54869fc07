package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;

/// The server as a process: what it acknowledged is there after it was killed, and a wish to stop is heard.
class ServerProcessIT {
    private static final int ROUNDS = 3;
    private static final int ACKNOWLEDGED = 25;

    @TempDir
    private Path directory;

    @Test
    void whatWasAcknowledgedIsThereAfterKillNine() throws Exception {
        TestOrganisation organisation = TestOrganisation.start(directory);
        DeviceClient device = organisation.enrol("Grace");
        Id vault = device.createVault();
        organisation.server.close();

        List<Commit> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = ServerProcess.serve(organisation.home, directory);
                    ExecutorService writer = Executors.newSingleThreadExecutor()) {
                organisation.useProcess(server.devicePort, server.adminPort);
                acknowledged = adopt(device, vault, acknowledged);
                List<Commit> log = acknowledged;
                int target = log.size() + ACKNOWLEDGED;
                Future<?> writing = writer.submit(() -> write(device, vault, log));
                while (sizeOf(log) < target && !writing.isDone()) {
                    Thread.onSpinWait();
                }
                // In the middle of whatever it does: SIGKILL.
                server.process.destroyForcibly().waitFor();
                writing.get();
                assertTrue(log.size() >= target, "only " + log.size());
            }
        }

        try (ServerProcess server = ServerProcess.serve(organisation.home, directory)) {
            organisation.useProcess(server.devicePort, server.adminPort);
            List<Commit> log = adopt(device, vault, acknowledged);
            Digest parent = Digest.ZERO;
            for (int i = 0; i < log.size(); i++) {
                CommitHeader header = log.get(i).open(device.keys.person().verifyingKey());
                assertEquals(i + 1, header.sequence());
                assertEquals(parent, header.parent());
                for (Digest chunk : header.chunks()) {
                    byte[] stored = DeviceClient.require(200, device.getChunk(vault, chunk));
                    assertEquals(chunk, Digest.sha256(stored));
                }
                parent = log.get(i).hash();
            }
        }
        try (Stream<Path> left = Files.list(organisation.home.resolve("chunks").resolve("incoming"))) {
            assertEquals(0, left.count());
        }
        device.close();
    }

    /// The log as the server has it now, which must begin with all that was acknowledged.
    private static List<Commit> adopt(DeviceClient device, Id vault, List<Commit> acknowledged) throws Exception {
        List<Commit> log = device.commits(vault, 0);
        synchronized (acknowledged) {
            assertTrue(log.size() >= acknowledged.size(), log.size() + " of " + acknowledged.size());
            assertEquals(acknowledged, log.subList(0, acknowledged.size()));
        }
        return new ArrayList<>(log);
    }

    private static int sizeOf(List<Commit> log) {
        synchronized (log) {
            return log.size();
        }
    }

    private static Void write(DeviceClient device, Id vault, List<Commit> log) throws Exception {
        try {
            while (true) {
                byte[] content = ("chunk " + log.size()).getBytes(StandardCharsets.UTF_8);
                Digest chunk = Digest.sha256(content);
                Digest parent = log.isEmpty() ? Digest.ZERO : log.getLast().hash();
                Commit commit = device.commit(vault, log.size() + 1, parent, content, List.of(chunk));
                DeviceClient.require(204, device.putChunk(vault, chunk, content));
                DeviceClient.require(204, device.append(vault, commit));
                synchronized (log) {
                    log.add(commit);
                }
            }
        } catch (IOException e) {
            // The server was killed: what was not acknowledged does not count.
            return null;
        }
    }

    @Test
    void aServerThatIsToldToStopStopsAndLeavesAWholeDatabase() throws Exception {
        TestOrganisation organisation = TestOrganisation.start(directory);
        DeviceClient device = organisation.enrol("Grace");
        organisation.server.close();
        try (ServerProcess server = ServerProcess.serve(organisation.home, directory)) {
            organisation.useProcess(server.devicePort, server.adminPort);
            device.createVault();

            server.process.destroy();

            assertTrue(server.process.waitFor(30, TimeUnit.SECONDS));
            assertFalse(Files.readString(directory.resolve("serve.log")).contains("Exception"));
            // A clean end folds the write-ahead log into the database.
            assertFalse(Files.exists(organisation.home.resolve("strongroom.db-wal")));
        }
        device.close();
    }

    @Test
    void theLogNamesNoPersonAndNoContent() throws Exception {
        TestOrganisation organisation = TestOrganisation.start(directory);
        organisation.server.close();
        try (ServerProcess server = ServerProcess.serve(organisation.home, directory)) {
            organisation.useProcess(server.devicePort, server.adminPort);
            try (DeviceClient device = organisation.enrol("Grace Hopper")) {
                Id vault = device.createVault();
                device.putChunk(vault, Digest.sha256(new byte[1]), "plaintext".getBytes(StandardCharsets.UTF_8));
                device.get("/v1/nothing?secret=plaintext");
            }
            server.process.destroy();
            server.process.waitFor();
        }
        String log = Files.readString(directory.resolve("serve.log"));
        assertTrue(log.contains("enrolled"));
        assertFalse(log.contains("Grace"));
        assertFalse(log.contains("plaintext"));
        assertFalse(log.contains("laptop"));
    }
}
