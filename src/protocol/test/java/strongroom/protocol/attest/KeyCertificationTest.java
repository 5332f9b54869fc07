package strongroom.protocol.attest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static strongroom.protocol.attest.TpmKey.Kind.ATTESTS;
import static strongroom.protocol.attest.TpmKey.Kind.OF_DEVICE;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Digest;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Statements as a TPM would make them, and as it would not, signed by a key in software.
class KeyCertificationTest {
    private static final byte[] NONCE = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final int CERTIFY = 0x8017;
    private static final int QUOTE = 0x8018;
    private static final int MAGIC = 0xff544347;

    private KeyPair attestation;
    private KeyPair device;
    private byte[] attestationArea;
    private byte[] deviceArea;

    @BeforeEach
    void makeKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        attestation = generator.generateKeyPair();
        device = generator.generateKeyPair();
        attestationArea = area(attestation, ATTESTS, 0);
        deviceArea = area(device, OF_DEVICE, 0);
    }

    /// @param changed bits of the attributes
    private static byte[] area(KeyPair keys, TpmKey.Kind kind, int changed) {
        ByteBuffer out = ByteBuffer.allocate(256);
        out.putShort((short) 0x23).putShort((short) 0x0b).putInt(kind.attributes() ^ changed);
        out.putShort((short) kind.policy()).put(new byte[kind.policy()]).putShort((short) 0x10);
        out.putShort((short) 0x18).putShort((short) 0x0b).putShort((short) 3).putShort((short) 0x10);
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        for (BigInteger coordinate :
                new BigInteger[] {key.getW().getAffineX(), key.getW().getAffineY()}) {
            byte[] bytes = coordinate.toByteArray();
            int sign = bytes[0] == 0 ? 1 : 0;
            out.putShort((short) (bytes.length - sign)).put(bytes, sign, bytes.length - sign);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] name(byte[] area) {
        byte[] name = Arrays.copyOf(new byte[] {0, 0x0b}, 34);
        System.arraycopy(Digest.sha256(area).toByteArray(), 0, name, 2, 32);
        return name;
    }

    private static byte[] statement(int magic, int type, byte[] nonce, byte[] name) {
        ByteBuffer out = ByteBuffer.allocate(512);
        out.putInt(magic).putShort((short) type).putShort((short) 34).put(new byte[34]);
        out.putShort((short) nonce.length).put(nonce);
        out.put(new byte[17 + 8]);
        out.putShort((short) name.length).put(name);
        out.putShort((short) 34).put(new byte[34]);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] sign(KeyPair by, byte[] statement) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(by.getPrivate());
        signature.update(statement);
        return signature.sign();
    }

    private byte[] good() throws Exception {
        return statement(MAGIC, CERTIFY, NONCE, name(deviceArea));
    }

    private KeyCertification saying(byte[] statement) throws Exception {
        return new KeyCertification(attestationArea, deviceArea, statement, sign(attestation, statement));
    }

    private static void isRefused(KeyCertification certification) {
        assertThrows(MalformedException.class, () -> certification.verify(NONCE));
    }

    @Test
    void aStatementThatHoldsNamesBothKeys() throws Exception {
        KeyCertification.Certified certified = saying(good()).verify(NONCE);

        assertEquals(VerifyingKey.of(device.getPublic()), certified.device());
        assertEquals(VerifyingKey.of(attestation.getPublic()), certified.attestation());
    }

    @Test
    void anAnswerToAnotherQuestionIsRefused() throws Exception {
        KeyCertification certification = saying(good());

        assertThrows(MalformedException.class, () -> certification.verify(new byte[8]));
        assertThrows(MalformedException.class, () -> certification.verify(new byte[0]));
    }

    @Test
    void anotherOriginKindOrKeyIsRefusedThoughItIsSigned() throws Exception {
        byte[] name = name(deviceArea);
        byte[] other = name.clone();
        other[33] ^= 1;

        isRefused(saying(statement(MAGIC ^ 1, CERTIFY, NONCE, name)));
        isRefused(saying(statement(MAGIC, QUOTE, NONCE, name)));
        isRefused(saying(statement(MAGIC, CERTIFY, NONCE, other)));
        isRefused(saying(Arrays.copyOf(good(), good().length + 1)));
        // At the ends of its fields, and within them.
        for (int size : new int[] {0, 3, 4, 6, 41, 42, 44, 51, 52, 68, 77, 78, 79, 112, 113, good().length - 1}) {
            isRefused(saying(Arrays.copyOf(good(), size)));
        }
    }

    @Test
    void aKeyThatCouldLeaveTheTpmOrSignAnythingIsNoWitnessAndNoDeviceKey() throws Exception {
        for (int bit : new int[] {1, 4, 5, 16, 18}) {
            attestationArea = area(attestation, ATTESTS, 1 << bit);
            isRefused(saying(good()));
        }
        attestationArea = area(attestation, ATTESTS, 0);
        for (int bit : new int[] {1, 4, 5, 6, 16, 17, 18}) {
            deviceArea = area(device, OF_DEVICE, 1 << bit);
            isRefused(saying(statement(MAGIC, CERTIFY, NONCE, name(deviceArea))));
        }
    }

    @Test
    void everyChangedByteIsRefused() throws Exception {
        KeyCertification whole = saying(good());
        CanonicalWriter out = new CanonicalWriter();
        whole.write(out);
        byte[] encoded = out.toByteArray();
        assertEquals(whole, KeyCertification.read(new CanonicalReader(encoded)));
        assertArrayEquals(
                whole.signature(),
                KeyCertification.read(new CanonicalReader(encoded)).signature());
        for (int i = 0; i < encoded.length; i++) {
            byte[] changed = encoded.clone();
            changed[i] ^= 1;
            assertThrows(MalformedException.class, () -> KeyCertification.read(new CanonicalReader(changed))
                    .verify(NONCE));
        }
    }

    @Test
    void aStatementSignedByAnotherKeyIsRefused() throws Exception {
        isRefused(new KeyCertification(attestationArea, deviceArea, good(), sign(device, good())));
    }
}
