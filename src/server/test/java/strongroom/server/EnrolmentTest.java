package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.CodeStatus;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.Organisation;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;

class EnrolmentTest {
    @TempDir
    private Path directory;

    private TestOrganisation organisation;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory);
    }

    @AfterEach
    void stop() {
        organisation.close();
    }

    @Test
    void aDeviceWithAFreshCodeComesInAndIsListedWithItsProof() throws Exception {
        try (DeviceClient device = organisation.enrol("Grace")) {
            List<DeviceRecord> devices = DeviceRecord.listOf(DeviceClient.require(200, device.get("/v1/devices")));

            Organisation root = Organisation.of(
                    DeviceClient.require(200, organisation.send("GET", "/v1/organisation", new byte[0])));
            DeviceRecord record = devices.getFirst();
            assertEquals(1, devices.size());
            assertEquals(device.id(), record.device());
            assertEquals(DeviceRecord.Status.ACTIVE, record.status());
            assertTrue(record.granted());
            assertEquals("Grace", record.proof().verify(root, record.enrolled()).personName());
            assertEquals(organisation.server.devicePort(), device.reply.devicePort());
        }
    }

    @Test
    void theSameRequestAgainGetsTheSameReplyAndAnotherOneIsRefused() throws Exception {
        EnrolmentCode code = organisation.code("Grace");
        Signed request = DeviceKeys.random().request(true).sign(TestOrganisation.signer(code));

        byte[] first = DeviceClient.require(200, organisation.postEnrolment(code, request));
        byte[] again = DeviceClient.require(200, organisation.postEnrolment(code, request));
        HttpResponse<byte[]> other = organisation.postEnrolment(
                code, DeviceKeys.random().request(true).sign(TestOrganisation.signer(code)));

        assertArrayEquals(first, again);
        DeviceClient.requireRefused(409, Refusal.CODE_USED, other);
        CodeStatus status = CodeStatus.of(DeviceClient.require(
                200, organisation.send("GET", "/v1/codes/" + TestOrganisation.fingerprint(code), new byte[0])));
        assertTrue(status.used());
    }
}
