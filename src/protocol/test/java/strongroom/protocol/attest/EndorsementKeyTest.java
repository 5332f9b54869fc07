package strongroom.protocol.attest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.MalformedException;

/// Credentials for endorsement keys whose private half the test has, and public areas that are none. That a TPM opens
/// them is for an emulator to show.
class EndorsementKeyTest {
    private static final byte[] NAME =
            HexFormat.of().parseHex("000b00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    private static final byte[] SECRET = {1, 2, 3, 4, 5};
    private static final byte[] POLICY =
            HexFormat.of().parseHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");

    private static final SecureRandom RANDOM = new SecureRandom();

    private static KeyPair elliptic;
    private static KeyPair rsa;

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        elliptic = generator.generateKeyPair();
        KeyPairGenerator ofRsa = KeyPairGenerator.getInstance("RSA");
        ofRsa.initialize(2048);
        rsa = ofRsa.generateKeyPair();
    }

    private static byte[] area(int type, Consumer<ByteBuffer> rest) {
        ByteBuffer out = ByteBuffer.allocate(512);
        out.putShort((short) type).putShort((short) 0x0b).putInt(0x000300b2);
        out.putShort((short) POLICY.length).put(POLICY);
        out.putShort((short) 6).putShort((short) 128).putShort((short) 0x43).putShort((short) 0x10);
        rest.accept(out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] ellipticArea() {
        ECPoint point = ((ECPublicKey) elliptic.getPublic()).getW();
        return area(0x23, out -> {
            out.putShort((short) 3).putShort((short) 0x10);
            out.putShort((short) 32).put(TpmKey.coordinate(point.getAffineX()));
            out.putShort((short) 32).put(TpmKey.coordinate(point.getAffineY()));
        });
    }

    private static byte[] rsaArea() {
        byte[] modulus = ((RSAPublicKey) rsa.getPublic()).getModulus().toByteArray();
        return area(1, out -> {
            out.putShort((short) 2048).putInt(0).putShort((short) 256);
            out.put(modulus, modulus.length - 256, 256);
        });
    }

    private static byte[] ellipticSeed(byte[] sent) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(sent);
        byte[] x = field(in);
        byte[] y = field(in);
        ECPublicKey own = (ECPublicKey) elliptic.getPublic();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(elliptic.getPrivate());
        ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
        agreement.doPhase(
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, own.getParams())), true);
        return TpmKdf.e(
                agreement.generateSecret(),
                "IDENTITY",
                x,
                TpmKey.coordinate(own.getW().getAffineX()));
    }

    private static byte[] rsaSeed(byte[] sent) throws GeneralSecurityException {
        Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
        oaep.init(
                Cipher.DECRYPT_MODE,
                rsa.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(new byte[] {
                    'I', 'D', 'E', 'N', 'T', 'I', 'T', 'Y', 0
                })));
        return oaep.doFinal(sent);
    }

    private static byte[] field(ByteBuffer in) {
        byte[] bytes = new byte[in.getShort()];
        in.get(bytes);
        return bytes;
    }

    private static void opensWith(byte[] seed, TpmCredential credential) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(credential.blob());
        byte[] code = field(in);
        byte[] encrypted = new byte[in.remaining()];
        in.get(encrypted);
        assertArrayEquals(TpmKdf.hmac(TpmKdf.a(seed, "INTEGRITY", new byte[0], 32), encrypted, NAME), code);
        Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(TpmKdf.a(seed, "STORAGE", NAME, 16), "AES"),
                new IvParameterSpec(new byte[16]));
        assertArrayEquals(SECRET, field(ByteBuffer.wrap(cipher.doFinal(encrypted))));
    }

    @Test
    void aCredentialOpensWithTheEllipticKey() throws Exception {
        EndorsementKey key = EndorsementKey.read(ellipticArea());
        assertEquals(elliptic.getPublic(), key.key());

        TpmCredential credential = key.credential(NAME, SECRET, RANDOM);

        opensWith(ellipticSeed(credential.seed()), credential);
        assertFalse(credential.equals(key.credential(NAME, SECRET, RANDOM)), "no two are alike");
    }

    @Test
    void aCredentialOpensWithTheRsaKey() throws Exception {
        EndorsementKey key = EndorsementKey.read(rsaArea());
        assertEquals(rsa.getPublic(), key.key());

        TpmCredential credential = key.credential(NAME, SECRET, RANDOM);

        opensWith(rsaSeed(credential.seed()), credential);
    }

    /// SP 800-108 with HMAC-SHA-256, computed by another implementation.
    @Test
    void theDerivationIsTheTpms() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);

        byte[] derived = TpmKdf.a(key, "STORAGE", NAME, 16);

        assertEquals("8f849912efb8ae719d313a27094960bf", HexFormat.of().formatHex(derived));
    }

    @Test
    void areasOfOtherKindsAndLengthsAreRefused() {
        for (byte[] area : new byte[][] {ellipticArea(), rsaArea()}) {
            int fixed = 2 + 2 + 4 + 2 + POLICY.length + 8 + 4;
            for (int at = 0; at < fixed; at++) {
                byte[] changed = area.clone();
                changed[at] ^= 1;
                assertThrows(MalformedException.class, () -> EndorsementKey.read(changed), "byte " + at);
            }
            for (int length = 0; length < area.length; length++) {
                byte[] cut = Arrays.copyOf(area, length);
                assertThrows(MalformedException.class, () -> EndorsementKey.read(cut));
            }
            byte[] longer = Arrays.copyOf(area, area.length + 1);
            assertThrows(MalformedException.class, () -> EndorsementKey.read(longer));
        }
    }

    @Test
    void aPointOffTheCurveAndAModulusThatIsNoneAreRefused() {
        byte[] off = ellipticArea();
        off[off.length - 1] ^= 1;
        assertThrows(MalformedException.class, () -> EndorsementKey.read(off));
        byte[] even = rsaArea();
        even[even.length - 1] &= (byte) 0xfe;
        assertThrows(MalformedException.class, () -> EndorsementKey.read(even));
        byte[] small = rsaArea();
        small[small.length - 256] &= 0x7f;
        assertThrows(MalformedException.class, () -> EndorsementKey.read(small));
    }
}
