package strongroom.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

class SelfDestructionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Id ID = Id.of(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
    private static final Id DEVICE = Id.of(HexFormat.of().parseHex("101112131415161718191a1b1c1d1e1f"));
    private static final SelfDestruction TEN = new SelfDestruction(ID, DEVICE, 3, 10, NOW);

    @Test
    void itsBytesAreTheseForEver() throws Exception {
        Keys device = Keys.make();

        Signed signed = TEN.sign(device);

        assertEquals(
                ID.toString() + DEVICE + "0000000000000003" + "0000000a" + "000001a20320a200",
                HexFormat.of().formatHex(signed.unverifiedPayload()));
        assertEquals(TEN, SelfDestruction.open(signed, device.verifyingKey()));
    }

    @Test
    void everyOtherLengthAndEveryChangedByteIsRefused() throws Exception {
        Keys device = Keys.make();
        byte[] signed = TEN.sign(device).toByteArray();

        Damage.assertOtherLengthsAreRefused(
                signed, encoded -> SelfDestruction.open(Signed.of(encoded), device.verifyingKey()));
        Damage.assertChangesAreRefused(
                signed, encoded -> SelfDestruction.open(Signed.of(encoded), device.verifyingKey()));
    }

    @Test
    void onlyTheDeviceItselfSaysSoAndNeverWithoutAPolicyOrAWrongPin() throws Exception {
        Keys device = Keys.make();
        CanonicalWriter none = new CanonicalWriter();
        ID.write(none);
        DEVICE.write(none);
        Signed withoutTries = Signed.by(
                device,
                Signed.Purpose.SELF_DESTRUCTION,
                none.int64(3).uint32(0).instant(NOW).toByteArray());

        Signed ofAnother = TEN.sign(Keys.make());
        assertThrows(MalformedException.class, () -> SelfDestruction.open(ofAnother, device.verifyingKey()));
        assertThrows(MalformedException.class, () -> SelfDestruction.open(withoutTries, device.verifyingKey()));
        assertThrows(IllegalArgumentException.class, () -> new SelfDestruction(ID, DEVICE, 0, 10, NOW));
    }
}
