package strongroom.protocol.posture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Id;
import strongroom.protocol.Keys;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.MalformedException;

class PostureReportTest {
    private static final PostureReport REPORT = new PostureReport(
            Id.of(new byte[Id.SIZE]),
            "0.1.0",
            "Debian",
            "6.1",
            SlotAssurance.HARDWARE,
            true,
            DiskState.NOT_FOUND,
            Instant.ofEpochMilli(1_700_000_000_000L),
            null,
            null);
    private static final Instant EARLIER = Instant.ofEpochMilli(1_699_999_999_999L);
    private static final String BYTES = "01" + "00".repeat(16) + "00000005302e312e30" + "00000006446562696" + "16e"
            + "00000003362e31" + "01" + "01" + "02" + "0000018bcfe56800";

    private Keys device;

    @BeforeEach
    void makeKey() throws Exception {
        device = Keys.onP256();
    }

    @Test
    void aReportThatTheDeviceSignedIsRead() throws Exception {
        assertEquals(REPORT, PostureReport.open(REPORT.sign(device), device.verifyingKey()));
        for (SlotAssurance assurance : SlotAssurance.values()) {
            for (DiskState disk : DiskState.values()) {
                PostureReport other =
                        new PostureReport(REPORT.device(), "", "", "", assurance, false, disk, REPORT.at(), null, null);
                assertEquals(other, PostureReport.open(other.sign(device), device.verifyingKey()));
            }
        }
    }

    @Test
    void itsBytesAreThese() throws Exception {
        assertEquals(BYTES, HexFormat.of().formatHex(REPORT.sign(device).unverifiedPayload()));
    }

    @Test
    void oneThatSaysThatTheFolderWasNotAsItWasLeftHasOneNumberMore() throws Exception {
        PostureReport found = with(EARLIER, null);

        assertEquals(found, PostureReport.open(found.sign(device), device.verifyingKey()));
        assertEquals(
                BYTES.replaceFirst("01", "02") + "0000018bcfe567ff",
                HexFormat.of().formatHex(found.sign(device).unverifiedPayload()));
    }

    private static PostureReport with(@Nullable Instant notAsLeft, @Nullable WaysIn waysIn) {
        return new PostureReport(
                REPORT.device(),
                REPORT.product(),
                REPORT.system(),
                REPORT.systemVersion(),
                REPORT.assurance(),
                REPORT.keyInTpm(),
                REPORT.disk(),
                REPORT.at(),
                notAsLeft,
                waysIn);
    }

    @Test
    void oneThatSaysWhichWaysInWereShownToOpenHasTheNumberThree() throws Exception {
        WaysIn one = new WaysIn(true, null);
        WaysIn code = new WaysIn(true, new WaysIn.Second(SecondWay.CODE, EARLIER));
        WaysIn unopened = new WaysIn(false, new WaysIn.Second(SecondWay.ADMINISTRATORS, EARLIER));
        String head = BYTES.replaceFirst("01", "03");

        assertEquals(head + "00" + "01" + "00", payload(with(null, one)));
        assertEquals(head + "00" + "01" + "01" + "01" + "0000018bcfe567ff", payload(with(null, code)));
        assertEquals(
                head + "01" + "0000018bcfe567ff" + "00" + "01" + "02" + "0000018bcfe567ff",
                payload(with(EARLIER, unopened)));
        assertFalse(one.areTwo());
        assertTrue(code.areTwo());
        assertFalse(unopened.areTwo());
        for (PostureReport report : List.of(with(null, one), with(null, code), with(EARLIER, unopened))) {
            assertEquals(report, PostureReport.open(report.sign(device), device.verifyingKey()));
        }
    }

    private String payload(PostureReport report) throws Exception {
        return HexFormat.of().formatHex(report.sign(device).unverifiedPayload());
    }

    @Test
    void oneOfAnotherKeyOrForAnotherPurposeIsRefused() throws Exception {
        Keys other = Keys.onP256();
        Signed receipt =
                Signed.by(device, Signed.Purpose.RECEIPT, HexFormat.of().parseHex(BYTES));

        assertThrows(MalformedException.class, () -> PostureReport.open(REPORT.sign(other), device.verifyingKey()));
        assertThrows(MalformedException.class, () -> PostureReport.open(receipt, device.verifyingKey()));
    }

    @Test
    void oneOfALaterVersionOrWithOtherWordsIsRefused() throws Exception {
        for (String bad : new String[] {
            BYTES.replaceFirst("01", "02"),
            BYTES.replaceFirst("01", "04") + "000100",
            BYTES.replaceFirst("01", "00"),
            BYTES.replaceFirst("01", "03") + "0000018bcfe567ff",
            BYTES.replaceFirst("01", "03") + "0001",
            BYTES.replaceFirst("01", "03") + "00010100" + "0000018bcfe567ff",
            BYTES.replaceFirst("01", "03") + "00010103" + "0000018bcfe567ff",
            BYTES + "0000018bcfe567ff",
            BYTES + "00",
            BYTES.substring(0, BYTES.length() - 2),
            BYTES.replace("010102", "040102"),
            BYTES.replace("010102", "010202"),
            BYTES.replace("010102", "010103")
        }) {
            Signed signed =
                    Signed.by(device, Signed.Purpose.POSTURE, HexFormat.of().parseHex(bad));
            assertThrows(MalformedException.class, () -> PostureReport.open(signed, device.verifyingKey()), bad);
        }
    }

    @Test
    void whatAServerHasSeenHasOneByte() throws Exception {
        for (KeyProof proof : KeyProof.values()) {
            assertEquals(proof, KeyProof.of(proof.toByteArray()));
        }
        assertThrows(MalformedException.class, () -> KeyProof.of(new byte[] {3}));
        assertThrows(MalformedException.class, () -> KeyProof.of(new byte[] {0, 0}));
        assertThrows(MalformedException.class, () -> KeyProof.of(new byte[0]));
    }
}
