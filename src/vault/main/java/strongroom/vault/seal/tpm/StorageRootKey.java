package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import strongroom.vault.crypto.SecretBytes;

/// The storage root key: the P-256 key that every TPM makes anew from its owner seed, equal each time until the
/// TPM is cleared (TCG provisioning guidance, template H-2). Its name is the identity of the TPM for us.
final class StorageRootKey {
    static final int NAME = 34;

    private static final int SHA256 = 0x000b;
    private static final int ECC = 0x0023;
    // restricted, decrypt, fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, noDA
    private static final int ATTRIBUTES = 0x00030472;
    private static final int COORDINATE = 32;

    private final int handle;
    private final byte[] name;
    private final ECPublicKey key;
    private final byte[] x;

    private StorageRootKey(int handle, byte[] name, byte[] x, ECPublicKey key) {
        this.handle = handle;
        this.name = name;
        this.x = x;
        this.key = key;
    }

    /// A salt for a session. @param secret closed by the caller @param sent its encryption to this key
    record Salt(SecretBytes secret, Encrypted sent) {}

    /// A public point on its way.
    static final class Encrypted {
        private final byte[] x;
        private final byte[] y;

        Encrypted(byte[] x, byte[] y) {
            this.x = x;
            this.y = y;
        }

        byte[] toByteArray() {
            return new TpmWriter().sized(x).sized(y).toByteArray();
        }
    }

    static StorageRootKey in(Tpm tpm) throws IOException, TpmRefusal, InterposedException {
        TpmCommand create = new TpmCommand(TpmCommand.CREATE_PRIMARY).handle(TpmCommand.OWNER);
        // No authorisation and no data of our own, the template, no outside information, no PCRs.
        create.parameters().uint16(4).uint32(0).sized(template()).uint16(0).uint32(0);
        Tpm.Response made = tpm.run(create, Authorisation.EMPTY_PASSWORD);
        byte[] area = made.parameters().sized();
        TpmReader in = new TpmReader(area);
        byte[] fixed = in.fixed(fixedPart().length);
        if (!Arrays.equals(fixed, fixedPart())) {
            throw new IOException("the TPM made another kind of storage root key");
        }
        byte[] x = padded(in.sized());
        byte[] y = padded(in.sized());
        return new StorageRootKey(made.handle(), name(area), x, publicKey(x, y));
    }

    int handle() {
        return handle;
    }

    byte[] name() {
        return name.clone();
    }

    boolean isNamed(byte[] pinned) {
        return Arrays.equals(name, pinned);
    }

    /// The name of anything with a public area: the hash over it behind the hash's number (Part 1 §16).
    static byte[] name(byte[] publicArea) {
        return new TpmWriter().uint16(SHA256).fixed(TpmKdf.sha256(publicArea)).toByteArray();
    }

    /// A new secret that this key alone can find out: one-pass ECDH (Part 1 Annex C.6.1).
    Salt salt(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair ephemeral = generator.generateKeyPair();
            ECPoint point = ((ECPublicKey) ephemeral.getPublic()).getW();
            byte[] ourX = coordinate(point.getAffineX());
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(ephemeral.getPrivate());
            agreement.doPhase(key, true);
            SecretBytes secret = TpmKdf.e(agreement.generateSecret(), "SECRET", ourX, x);
            return new Salt(secret, new Encrypted(ourX, coordinate(point.getAffineY())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ECDH on P-256 failed", e);
        }
    }

    private static byte[] fixedPart() {
        return new TpmWriter()
                .uint16(ECC)
                .uint16(SHA256)
                .uint32(ATTRIBUTES)
                .uint16(0)
                .uint16(0x0006) // AES
                .uint16(128)
                .uint16(0x0043) // CFB
                .uint16(0x0010) // no scheme
                .uint16(0x0003) // NIST P-256
                .uint16(0x0010) // no KDF
                .toByteArray();
    }

    private static byte[] template() {
        return new TpmWriter().fixed(fixedPart()).uint16(0).uint16(0).toByteArray();
    }

    private static ECPublicKey publicKey(byte[] x, byte[] y) throws IOException {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
            return (ECPublicKey) KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException e) {
            throw new IOException("the storage root key is no point on P-256", e);
        }
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return bytes.length > COORDINATE
                ? Arrays.copyOfRange(bytes, bytes.length - COORDINATE, bytes.length)
                : leftPadded(bytes);
    }

    private static byte[] padded(byte[] bytes) throws IOException {
        if (bytes.length > COORDINATE) {
            throw new IOException("a coordinate on P-256 has 32 bytes");
        }
        return leftPadded(bytes);
    }

    private static byte[] leftPadded(byte[] bytes) {
        byte[] padded = new byte[COORDINATE];
        System.arraycopy(bytes, 0, padded, COORDINATE - bytes.length, bytes.length);
        return padded;
    }
}
