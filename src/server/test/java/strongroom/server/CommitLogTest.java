package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.VaultRecord;

class CommitLogTest {
    @TempDir
    private Path directory;

    private TestOrganisation organisation;
    private DeviceClient device;
    private Id vault;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        device = organisation.enrol("Grace");
        vault = device.createVault();
    }

    @AfterEach
    void stop() {
        device.close();
        organisation.close();
    }

    @Test
    void commitsComeBackInOrderAndTheVaultShowsItsHead() throws Exception {
        Commit first = device.commit(vault, 1, Digest.ZERO, new byte[] {1}, List.of());
        Commit second = device.commit(vault, 2, first.hash(), new byte[] {2}, List.of());

        DeviceClient.require(204, device.append(vault, first));
        DeviceClient.require(204, device.append(vault, second));

        assertEquals(List.of(first, second), device.commits(vault, 0));
        assertEquals(List.of(second), device.commits(vault, 1));
        assertEquals(List.of(), device.commits(vault, 2));
        VaultRecord record = VaultRecord.listOf(DeviceClient.require(200, device.get("/v1/vaults")))
                .getFirst();
        assertEquals(2, record.sequence());
        assertEquals(second.hash(), record.head());
        assertEquals(1, record.keys().size());
    }

    @Test
    void aCommitThatDoesNotFollowTheHeadIsRefusedAndTheSameOneAgainIsNot() throws Exception {
        Commit first = device.commit(vault, 1, Digest.ZERO, new byte[] {1}, List.of());
        DeviceClient.require(204, device.append(vault, first));

        DeviceClient.require(204, device.append(vault, first));
        DeviceClient.requireRefused(
                412,
                Refusal.HEAD_MOVED,
                device.append(vault, device.commit(vault, 1, Digest.ZERO, new byte[] {2}, List.of())));
        DeviceClient.requireRefused(
                412,
                Refusal.HEAD_MOVED,
                device.append(vault, device.commit(vault, 3, first.hash(), new byte[] {2}, List.of())));
        DeviceClient.requireRefused(
                412,
                Refusal.HEAD_MOVED,
                device.append(vault, device.commit(vault, 2, Digest.ZERO, new byte[] {2}, List.of())));
        assertEquals(List.of(first), device.commits(vault, 0));
    }

    @Test
    void aCommitThatNamesAChunkWhichIsNotThereIsRefused() throws Exception {
        Digest chunk = Digest.sha256(new byte[] {1});
        Commit commit = device.commit(vault, 1, Digest.ZERO, new byte[] {1}, List.of(chunk));

        DeviceClient.requireRefused(422, Refusal.CHUNK_MISSING, device.append(vault, commit));
        DeviceClient.require(204, device.putChunk(vault, chunk, new byte[] {9}));
        DeviceClient.require(204, device.append(vault, commit));
    }

    @Test
    void aCommitOfAnotherVaultPersonDeviceOrKeyIsRefused() throws Exception {
        Id other = device.createVault();
        Commit forOther = device.commit(other, 1, Digest.ZERO, new byte[] {1}, List.of());
        Digest body = Digest.sha256(new byte[] {1});
        CommitHeader strangeDevice = new CommitHeader(
                vault, 1, Digest.ZERO, 1, device.person(), Id.random(organisation.random), body, List.of());
        CommitHeader futureEpoch =
                new CommitHeader(vault, 1, Digest.ZERO, 2, device.person(), device.id(), body, List.of());
        CommitHeader good = new CommitHeader(vault, 1, Digest.ZERO, 1, device.person(), device.id(), body, List.of());

        DeviceClient.requireRefused(400, Refusal.MALFORMED, device.append(vault, forOther));
        DeviceClient.requireRefused(
                400,
                Refusal.MALFORMED,
                device.append(vault, Commit.of(strangeDevice, new byte[] {1}, device.keys.person())));
        DeviceClient.requireRefused(
                400,
                Refusal.MALFORMED,
                device.append(vault, Commit.of(futureEpoch, new byte[] {1}, device.keys.person())));
        DeviceClient.requireRefused(
                400,
                Refusal.MALFORMED,
                device.append(
                        vault,
                        Commit.of(good, new byte[] {1}, DeviceKeys.random().person())));
        assertEquals(List.of(), device.commits(vault, 0));
    }

    @Test
    void eightWritersAtOnceLeaveOneLineWithoutGaps() throws Exception {
        int writers = 8;
        int each = 5;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> running = IntStream.range(0, writers)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> {
                        appendUntilDone(writer, each);
                        return null;
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        }

        List<Commit> log = device.commits(vault, 0);
        Digest parent = Digest.ZERO;
        for (int i = 0; i < log.size(); i++) {
            CommitHeader header = log.get(i).open(device.keys.person().verifyingKey());
            assertEquals(i + 1, header.sequence());
            assertEquals(parent, header.parent());
            parent = log.get(i).hash();
        }
        assertEquals(writers * each, log.size());
    }

    @Test
    void aPageEndsBeforeSixteenMebibytesAndGoesOnBehindItsLastCommit() throws Exception {
        Digest parent = Digest.ZERO;
        for (int i = 1; i <= 3; i++) {
            Commit commit = device.commit(vault, i, parent, new byte[Commit.BODY_LIMIT - i], List.of());
            DeviceClient.require(204, device.append(vault, commit));
            parent = commit.hash();
        }

        List<Commit> all = new ArrayList<>();
        List<Commit> page = device.commits(vault, 0);
        while (!page.isEmpty()) {
            assertTrue(Commit.toByteArray(page).length <= 16 << 20);
            all.addAll(page);
            page = device.commits(vault, all.size());
        }

        assertEquals(3, all.size());
        assertEquals(parent, all.getLast().hash());
    }

    private void appendUntilDone(int writer, int count) throws Exception {
        int done = 0;
        while (done < count) {
            List<Commit> log = device.commits(vault, 0);
            Digest parent = log.isEmpty() ? Digest.ZERO : log.getLast().hash();
            byte[] body = {(byte) writer, (byte) done};
            int status = device.append(vault, device.commit(vault, log.size() + 1, parent, body, List.of()))
                    .statusCode();
            if (status == 204) {
                done++;
            } else {
                assertEquals(412, status);
            }
        }
    }
}
