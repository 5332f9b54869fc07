package strongroom.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.MalformedException;

class VerifyingKeyTest {
    /// Its y ends in zero bits.
    private static final byte[] EVEN = HexFormat.of()
            .parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                    + "b514a07b9b5bf340af27ff6c0ba75d3ac7f498c8069b3302e0a5f2eb9bd28afc"
                    + "de02078759060973af02ddb41861ecc5c3757851f9024f6831a693f546b88920");
    /// Where the encoding says how many of the last bits are not used.
    private static final int UNUSED_BITS = 25;

    @Test
    void aKeyOfEitherKindIsReadBack() throws Exception {
        for (String curve : new String[] {"Ed25519", "secp256r1"}) {
            PublicKey key = publicKey(curve);

            VerifyingKey read = VerifyingKey.of(key);

            assertArrayEquals(key.getEncoded(), read.toByteArray());
            assertEquals(read, VerifyingKey.of(read.algorithm(), read.toByteArray()));
        }
    }

    @Test
    void aSecondEncodingOfAKeyIsRefused() throws Exception {
        VerifyingKey.of(VerifyingKey.Algorithm.ECDSA_P256, EVEN);
        byte[] second = EVEN.clone();
        second[UNUSED_BITS] = 1;

        assertThrows(MalformedException.class, () -> VerifyingKey.of(VerifyingKey.Algorithm.ECDSA_P256, second));
    }

    @Test
    void aKeyOnAnotherCurveIsRefused() throws Exception {
        PublicKey other = publicKey("secp384r1");

        assertThrows(MalformedException.class, () -> VerifyingKey.of(other));
        assertThrows(MalformedException.class, () -> VerifyingKey.of(VerifyingKey.Algorithm.ED25519, EVEN));
    }

    @Test
    void everyCutIsRefused() {
        for (int i = 0; i < EVEN.length; i++) {
            byte[] cut = Arrays.copyOf(EVEN, i);
            assertThrows(MalformedException.class, () -> VerifyingKey.of(VerifyingKey.Algorithm.ECDSA_P256, cut));
        }
    }

    private static PublicKey publicKey(String curve) throws Exception {
        if (curve.equals("Ed25519")) {
            return KeyPairGenerator.getInstance(curve).generateKeyPair().getPublic();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair().getPublic();
    }
}
