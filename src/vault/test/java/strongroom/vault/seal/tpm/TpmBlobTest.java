package strongroom.vault.seal.tpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.PcrSelection;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// What a seal leaves on the disk, byte by byte, as docs/vault-format.md has it.
class TpmBlobTest {
    /// As it was written before there was anything to bind to.
    private static final String ALONE =
            "01000b000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0000000001"
                    + "abcdef0000002e0008000b000000120020aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                    + "aaaaaaaaaaaaaaaaaa00100020000000030102030000000409080706a1712f04d16f403f";

    private static final String BOUND =
            "01000b000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0000000395"
                    + "008001abcdef0000002e0008000b000000120020aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                    + "aaaaaaaaaaaaaaaaaaaaaaaa001000200000000301020300000004090807065850eef57652ef86";

    private static final int INDEX = 0x01abcdef;
    private static final int SELECTION = 1 + StorageRootKey.NAME;

    private static final byte[] ROOT =
            HexFormat.of().parseHex("000b000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private static final KeyedHash OBJECT = new KeyedHash(
            HexFormat.of().parseHex("0008000b000000120020" + "aa".repeat(32) + "00100020"), new byte[] {1, 2, 3});

    private static byte[] written(PcrSelection registers) {
        return TpmBlob.of(ROOT, registers, OBJECT)
                .withIndex(INDEX)
                .withSecret(new byte[] {9, 8, 7, 6})
                .toByteArray();
    }

    @Test
    void withoutRegistersItIsWhatItAlwaysWas() throws Exception {
        byte[] golden = HexFormat.of().parseHex(ALONE);

        assertArrayEquals(golden, written(PcrSelection.NONE));
        assertEquals(PcrSelection.NONE, TpmBlob.read(golden).registers());
        assertArrayEquals(golden, TpmBlob.read(golden).toByteArray());
    }

    @Test
    void registersAreThreeBytes() throws Exception {
        byte[] golden = HexFormat.of().parseHex(BOUND);

        assertArrayEquals(golden, written(PcrSelection.of(List.of(0, 2, 4, 7, 23))));
        assertEquals(List.of(0, 2, 4, 7, 23), TpmBlob.read(golden).registers().registers());
        assertArrayEquals(golden, TpmBlob.read(golden).toByteArray());
    }

    @Test
    void threeZeroBytesAreNoWayToWriteNone() {
        byte[] golden = HexFormat.of().parseHex(BOUND);
        byte[] changed = Arrays.copyOf(golden, golden.length - 8);
        Arrays.fill(changed, SELECTION + 4, SELECTION + 7, (byte) 0);

        assertDamaged(changed);
    }

    @Test
    void whatOpensWithoutAnAuthorisationIsBoundToNothing() {
        byte[] golden = HexFormat.of().parseHex(BOUND);
        byte[] changed = Arrays.copyOf(golden, golden.length - 8);
        // Behind the selection, the index and two numbers: the attributes.
        changed[SELECTION + 7 + 4 + 4 + 7] |= KeyedHash.USER_WITH_AUTH;

        assertDamaged(changed);
    }

    private static void assertDamaged(byte[] blob) {
        byte[] whole = Checksum.append(blob);
        assertEquals(
                Why.DAMAGED,
                assertThrows(SealException.class, () -> TpmBlob.read(whole)).why());
    }
}
