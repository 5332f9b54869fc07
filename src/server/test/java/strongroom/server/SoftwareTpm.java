package strongroom.server;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.attest.KeyCertification;
import strongroom.protocol.attest.TpmCredential;
import strongroom.protocol.attest.TpmIdentity;

/// As much of a TPM as shows a server its keys, in software: what a cheat may have, too, as long as no maker vouches
/// for it. Unlike a TPM it certifies whatever it is told to.
final class SoftwareTpm {
    private static final int ENDORSES = 0x000300b2;
    private static final int ATTESTS = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 10 | 1 << 16 | 1 << 18;
    private static final int OF_DEVICE = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 10 | 1 << 18;
    private static final byte[] ENDORSEMENT_POLICY =
            HexFormat.of().parseHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");

    final KeyPair endorsement = newKey();
    final KeyPair attestation = newKey();

    static KeyPair newKey() {
        try {
            return ServerKeys.newKey(new SecureRandom());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// Without a certificate.
    TpmIdentity identity() {
        return identity(new byte[0]);
    }

    TpmIdentity identity(byte[] certificate) {
        return new TpmIdentity(endorsementArea(), certificate, area(attestation, ATTESTS, new byte[0]));
    }

    private byte[] endorsementArea() {
        return written(out -> {
            out.writeShort(0x23);
            out.writeShort(0x0b);
            out.writeInt(ENDORSES);
            out.write(sized(ENDORSEMENT_POLICY));
            for (int field : new int[] {0x06, 128, 0x43, 0x10, 3, 0x10}) {
                out.writeShort(field);
            }
            out.write(point(endorsement));
        });
    }

    private static byte[] area(KeyPair key, int attributes, byte[] policy) {
        return written(out -> {
            out.writeShort(0x23);
            out.writeShort(0x0b);
            out.writeInt(attributes);
            out.write(sized(policy));
            for (int field : new int[] {0x10, 0x18, 0x0b, 3, 0x10}) {
                out.writeShort(field);
            }
            out.write(point(key));
        });
    }

    /// TPM2_Certify.
    KeyCertification certify(KeyPair key, byte[] nonce) {
        byte[] area = area(key, OF_DEVICE, new byte[32]);
        byte[] statement = written(out -> {
            out.writeInt(0xff544347);
            out.writeShort(0x8017);
            out.write(sized(new byte[34]));
            out.write(sized(nonce));
            out.write(new byte[17 + 8]);
            out.write(sized(name(area)));
            out.write(sized(new byte[34]));
        });
        return new KeyCertification(
                area(attestation, ATTESTS, new byte[0]), area, statement, sign(attestation, statement));
    }

    private static byte[] sign(KeyPair by, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(by.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// TPM2_ActivateCredential. @return null if the credential is not for these keys
    byte @Nullable [] activate(TpmCredential credential) {
        try {
            ByteBuffer point = ByteBuffer.wrap(credential.seed());
            byte[] x = sized(point);
            byte[] y = sized(point);
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(endorsement.getPrivate());
            agreement.doPhase(key(x, y), true);
            ECPublicKey own = (ECPublicKey) endorsement.getPublic();
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : new byte[][] {
                {0, 0, 0, 1},
                agreement.generateSecret(),
                ascii("IDENTITY\0"),
                x,
                coordinate(own.getW().getAffineX())
            }) {
                sha.update(part);
            }
            return opened(sha.digest(), name(identity().attestationKey()), credential.blob());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte @Nullable [] opened(byte[] seed, byte[] name, byte[] blob) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(blob);
        byte[] code = sized(in);
        byte[] encrypted = new byte[in.remaining()];
        in.get(encrypted);
        byte[] macKey = hmac(seed, new byte[] {0, 0, 0, 1}, ascii("INTEGRITY\0"), new byte[] {0, 0, 1, 0});
        if (!Arrays.equals(code, hmac(macKey, encrypted, name))) {
            return null;
        }
        byte[] key = hmac(seed, new byte[] {0, 0, 0, 1}, ascii("STORAGE\0"), name, new byte[] {0, 0, 0, (byte) 128});
        Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, 0, 16, "AES"), new IvParameterSpec(new byte[16]));
        return sized(ByteBuffer.wrap(cipher.doFinal(encrypted)));
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private PublicKey key(byte[] x, byte[] y) throws GeneralSecurityException {
        ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
        ECPublicKey own = (ECPublicKey) endorsement.getPublic();
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, own.getParams()));
    }

    private static byte[] name(byte[] area) {
        byte[] name = Arrays.copyOf(new byte[] {0, 0x0b}, 34);
        System.arraycopy(Digest.sha256(area).toByteArray(), 0, name, 2, 32);
        return name;
    }

    private static byte[] point(KeyPair key) {
        ECPublicKey publicKey = (ECPublicKey) key.getPublic();
        return written(out -> {
            out.write(sized(coordinate(publicKey.getW().getAffineX())));
            out.write(sized(coordinate(publicKey.getW().getAffineY())));
        });
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[32];
        int from = Math.max(0, bytes.length - 32);
        System.arraycopy(bytes, from, padded, 32 - (bytes.length - from), bytes.length - from);
        return padded;
    }

    private static byte[] sized(byte[] bytes) {
        return written(out -> {
            out.writeShort(bytes.length);
            out.write(bytes);
        });
    }

    private static byte[] sized(ByteBuffer in) {
        byte[] bytes = new byte[in.getShort()];
        in.get(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
