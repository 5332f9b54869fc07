package strongroom.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

class RecoveryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final RecoveryKey KEY = new RecoveryKey(7, new byte[] {1, 2, 3}, 3, 2, NOW);
    private static final Id PERSON = Id.of(new byte[Id.SIZE]);
    private static final RecoveryGrant GRANT = new RecoveryGrant(PERSON, KEY.fingerprint(), new byte[] {9, 8});

    private static Keys root;
    private static Keys person;
    private static Organisation organisation;

    @BeforeAll
    static void found() throws Exception {
        root = Keys.make();
        person = Keys.make();
        List<Digest> pins = List.of(Digest.ZERO, Digest.sha256(new byte[] {1}));
        organisation = new Organisation(root.verifyingKey(), new PinSet("Muster AG", 1, pins, NOW).sign(root));
    }

    /// Reads a record and verifies it.
    private interface Reading {
        Object read(byte[] encoded) throws MalformedException;
    }

    private static void assertDamageIsRefused(byte[] encoded, Reading reading) {
        for (int at = 0; at < encoded.length; at++) {
            byte[] cut = Arrays.copyOf(encoded, at);
            assertThrows(MalformedException.class, () -> reading.read(cut), "length " + at);
            byte[] changed = encoded.clone();
            changed[at] ^= (byte) (1 << at % Byte.SIZE);
            assertThrows(MalformedException.class, () -> reading.read(changed), "byte " + at);
        }
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        assertThrows(MalformedException.class, () -> reading.read(longer));
    }

    private static byte[] payload(long number, int shares, int threshold) {
        return new CanonicalWriter()
                .int64(number)
                .bytes(new byte[] {1, 2, 3})
                .uint8(shares)
                .uint8(threshold)
                .instant(NOW)
                .toByteArray();
    }

    @Test
    void whatTheRootSignedIsReadAgain() throws Exception {
        for (RecoveryKey key : List.of(KEY, new RecoveryKey(1, new byte[] {1}, RecoveryKey.MAX_SHARES, 255, NOW))) {
            assertEquals(key, RecoveryKey.open(Signed.of(key.sign(root).toByteArray()), organisation));
        }
    }

    @Test
    void whatThePersonSignedIsReadAgain() throws Exception {
        Signed signed = GRANT.sign(person);

        assertEquals(GRANT, RecoveryGrant.open(Signed.of(signed.toByteArray()), person.verifyingKey()));
        assertEquals(List.of(signed, signed), RecoveryGrant.listOf(RecoveryGrant.toByteArray(List.of(signed, signed))));
    }

    @Test
    void theirBytesAreTheseForEver() throws Exception {
        assertEquals(
                "0000000000000007" + "00000003010203" + "03" + "02" + "000001a20320a200",
                HexFormat.of().formatHex(KEY.sign(root).unverifiedPayload()));
        String named = "00".repeat(16) + "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
        assertEquals(
                named + "000000020908",
                HexFormat.of().formatHex(GRANT.sign(person).unverifiedPayload()));
        assertEquals(named, HexFormat.of().formatHex(RecoveryGrant.bound(PERSON, KEY.fingerprint())));
        assertEquals("strongroom recovery grant v1", new String(RecoveryGrant.info(), StandardCharsets.US_ASCII));
    }

    @Test
    void everyOtherLengthAndEveryChangedByteIsRefused() throws Exception {
        assertDamageIsRefused(
                KEY.sign(root).toByteArray(), encoded -> RecoveryKey.open(Signed.of(encoded), organisation));
        assertDamageIsRefused(
                GRANT.sign(person).toByteArray(),
                encoded -> RecoveryGrant.open(Signed.of(encoded), person.verifyingKey()));
    }

    @Test
    void aKeyThatSomebodyElseSignedIsNobodys() throws Exception {
        for (Signed bad : List.of(
                KEY.sign(person), Signed.by(root, Signed.Purpose.PIN_SET, payload(7, 3, 2)), GRANT.sign(root))) {
            assertThrows(MalformedException.class, () -> RecoveryKey.open(bad, organisation));
        }
    }

    @Test
    void anOutOfRangeNumberIsRefusedOnTheWireAndInTheProgram() throws Exception {
        for (byte[] bad : List.of(payload(0, 3, 2), payload(1, 3, 1), payload(1, 3, 4), payload(1, 1, 1))) {
            Signed signed = Signed.by(root, Signed.Purpose.RECOVERY_KEY, bad);
            assertThrows(MalformedException.class, () -> RecoveryKey.open(signed, organisation));
        }
        assertThrows(IllegalArgumentException.class, () -> new RecoveryKey(1, new byte[] {1}, 256, 2, NOW));
    }
}
