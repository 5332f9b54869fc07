package strongroom.vault.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.hpke.HPKE;
import org.junit.jupiter.api.Test;
import strongroom.vault.crypto.Vectors.Case;

/// HPKE against the vectors of RFC 9180 and of draft-ietf-hpke-pq.
class HpkeVectorsTest {
    private static final short HKDF_SHA256 = 1;

    /// The random bytes that the authors of a vector drew.
    private static final class Drawn implements RandomGenerator {
        private final byte[] bytes;

        Drawn(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] room) {
            assertEquals(bytes.length, room.length, "size of the randomness");
            System.arraycopy(bytes, 0, room, 0, room.length);
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }
    }

    private static List<Case> of(String file, short kem, short aead) {
        List<Case> found = Vectors.list(file).stream()
                .filter(each -> each.number("kem_id") == (kem & 0xffff)
                        && each.number("kdf_id") == HKDF_SHA256
                        && each.number("aead_id") == aead
                        && each.number("mode") == 0)
                .toList();
        assertTrue(!found.isEmpty(), "no vector for this suite");
        return found;
    }

    private static byte[] sealed(Case vector) {
        byte[] enc = vector.hex("enc");
        byte[] ciphertext = vector.list("encryptions").getFirst().hex("ct");
        byte[] sealed = java.util.Arrays.copyOf(enc, enc.length + ciphertext.length);
        System.arraycopy(ciphertext, 0, sealed, enc.length, ciphertext.length);
        return sealed;
    }

    @Test
    void xWingIsAsPublished() throws Exception {
        for (Case vector : of("vectors/hpke/test-vectors-pq.json", HPKE.kem_X_WING, HPKE.aead_CHACHA20_POLY1305)) {
            Hpke suite = new Hpke(HPKE.kem_X_WING, HPKE.aead_CHACHA20_POLY1305, 64);
            Case first = vector.list("encryptions").getFirst();
            try (SecretBytes privateKey = SecretBytes.ofAndZero(vector.hex("skRm"));
                    SecretBytes opened = suite.open(privateKey, vector.hex("info"), first.hex("aad"), sealed(vector));
                    SecretBytes plaintext = SecretBytes.ofAndZero(first.hex("pt"))) {
                assertArrayEquals(vector.hex("pkRm"), suite.publicKey(privateKey));
                assertTrue(opened.matches(plaintext));
                assertArrayEquals(
                        sealed(vector),
                        suite.seal(
                                vector.hex("pkRm"),
                                vector.hex("info"),
                                first.hex("aad"),
                                first.hex("pt"),
                                new Drawn(vector.hex("ikmE"))));
            }
        }
    }

    @Test
    void aes256GcmIsAsPublished() throws Exception {
        for (Case vector : of("vectors/hpke/rfc9180-trimmed.json", HPKE.kem_X25519_SHA256, HPKE.aead_AES_GCM256)) {
            Hpke suite = new Hpke(HPKE.kem_X25519_SHA256, HPKE.aead_AES_GCM256, 32);
            Case first = vector.list("encryptions").getFirst();
            try (SecretBytes privateKey = SecretBytes.ofAndZero(vector.hex("skRm"));
                    SecretBytes opened = suite.open(privateKey, vector.hex("info"), first.hex("aad"), sealed(vector));
                    SecretBytes plaintext = SecretBytes.ofAndZero(first.hex("pt"))) {
                assertTrue(opened.matches(plaintext));
            }
        }
    }
}
