package strongroom.vault.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.Vectors.Case;

/// The primitives against Project Wycheproof: valid is accepted with exact output, invalid is refused by our
/// exception and no other.
class WycheproofTest {
    private static SecretBytes secret(byte[] bytes) {
        return SecretBytes.ofAndZero(bytes);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    @Test
    void aesGcmSealsAndOpensAsPublished() throws Exception {
        int ran = 0;
        for (Case group : Vectors.wycheproof("aes_gcm_test.json")) {
            for (Case each : group.list("tests")) {
                try (SecretBytes key = secret(each.hex("key"))) {
                    byte[] sealed = join(each.hex("ct"), each.hex("tag"));
                    if (group.number("keySize") != 256 || group.number("ivSize") != 96) {
                        // Another size of key or nonce is a bug of the caller, not an attack.
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> Aead.open(key, each.hex("iv"), each.hex("aad"), sealed),
                                each::toString);
                    } else if (each.isValid()) {
                        ran++;
                        assertArrayEquals(
                                each.hex("msg"),
                                Aead.open(key, each.hex("iv"), each.hex("aad"), sealed),
                                each::toString);
                        assertArrayEquals(
                                sealed,
                                Aead.seal(key, each.hex("iv"), each.hex("aad"), each.hex("msg")),
                                each::toString);
                    } else {
                        ran++;
                        assertThrows(
                                NotAuthenticException.class,
                                () -> Aead.open(key, each.hex("iv"), each.hex("aad"), sealed),
                                each::toString);
                    }
                }
            }
        }
        assertTrue(ran > 60, "ran only " + ran);
    }

    @Test
    void hkdfDerivesAsPublished() {
        for (Case group : Vectors.wycheproof("hkdf_sha256_test.json")) {
            for (Case each : group.list("tests")) {
                try (SecretBytes material = secret(each.hex("ikm"))) {
                    if (!each.isValid()) {
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> Hkdf.derive(material, each.hex("salt"), each.hex("info"), each.number("size")),
                                each::toString);
                        continue;
                    }
                    try (SecretBytes derived =
                                    Hkdf.derive(material, each.hex("salt"), each.hex("info"), each.number("size"));
                            SecretBytes published = secret(each.hex("okm"))) {
                        assertTrue(derived.matches(published), each::toString);
                        if (each.hex("salt").length == 0) {
                            inTwoSteps(material, each, published);
                        }
                    }
                }
            }
        }
    }

    private static void inTwoSteps(SecretBytes material, Case each, SecretBytes published) {
        try (SecretBytes pseudorandom = Hkdf.extract(material);
                SecretBytes expanded = Hkdf.expand(pseudorandom, each.hex("info"), each.number("size"))) {
            assertTrue(expanded.matches(published), each::toString);
        }
    }

    @Test
    void hmacIsAsPublished() {
        for (Case group : Vectors.wycheproof("hmac_sha256_test.json")) {
            for (Case each : group.list("tests")) {
                try (SecretBytes key = secret(each.hex("key"))) {
                    byte[] code = Arrays.copyOf(Hmac.of(key, each.hex("msg")), group.number("tagSize") / 8);
                    assertEquals(each.isValid(), Hmac.matches(code, each.hex("tag")), each::toString);
                }
            }
        }
    }

    @Test
    void ed25519SignaturesAreVerifiedAsPublished() throws Exception {
        for (Case group : Vectors.wycheproof("ed25519_test.json")) {
            VerifyingKey key = VerifyingKey.of(VerifyingKey.Algorithm.ED25519, group.hex("publicKeyDer"));
            for (Case each : group.list("tests")) {
                assertEquals(each.isValid(), key.verifies(each.hex("msg"), each.hex("sig")), each::toString);
            }
        }
    }

    @Test
    void ecdsaSignaturesAreVerifiedAsPublished() throws Exception {
        for (Case group : Vectors.wycheproof("ecdsa_secp256r1_sha256_test.json")) {
            VerifyingKey key = VerifyingKey.of(VerifyingKey.Algorithm.ECDSA_P256, group.hex("publicKeyDer"));
            for (Case each : group.list("tests")) {
                assertEquals(each.isValid(), key.verifies(each.hex("msg"), each.hex("sig")), each::toString);
            }
        }
    }

    @Test
    void publicKeysOnAnotherCurveAreRefused() {
        byte[] p384 = Vectors.wycheproof("ecdsa_secp384r1_sha384_test.json")
                .getFirst()
                .hex("publicKeyDer");

        assertThrows(MalformedException.class, () -> VerifyingKey.of(VerifyingKey.Algorithm.ECDSA_P256, p384));
        assertFalse(Vectors.wycheproof("ed25519_test.json").isEmpty());
    }
}
