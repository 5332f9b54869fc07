package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The storage root key: the P-256 key that every TPM makes anew from its owner seed, equal each time until the
/// TPM is cleared (TCG provisioning guidance, template H-2). Its name is the identity of the TPM for us.
final class StorageRootKey {
    static final int NAME = 34;

    private static final int SHA256 = 0x000b;
    private static final int ECC = 0x0023;
    // restricted, decrypt, fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, noDA
    private static final int ATTRIBUTES = 0x00030472;

    private final int handle;
    private final byte[] name;
    private final CurvePoint point;
    private final ECPublicKey key;

    private StorageRootKey(int handle, byte[] name, CurvePoint point, ECPublicKey key) {
        this.handle = handle;
        this.name = name;
        this.point = point;
        this.key = key;
    }

    /// A salt for a session. @param secret closed by the caller @param sent its encryption to this key
    record Salt(SecretBytes secret, CurvePoint sent) {}

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
        CurvePoint point = CurvePoint.read(in);
        return new StorageRootKey(made.handle(), name(area), point, point.publicKey());
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

    /// Loads an object that lies under this key without showing any authorisation, and finds out by that with whom
    /// we speak.
    ///
    /// @param pinned name of this key when the object was made
    /// @return the handle of the object
    int load(Tpm tpm, byte[] pinned, byte[] publicArea, byte[] privateArea)
            throws IOException, TpmRefusal, InterposedException, SealException {
        TpmCommand load = new TpmCommand(TpmCommand.LOAD).handle(handle, name);
        load.parameters().sized(privateArea).sized(publicArea);
        int loaded;
        try {
            loaded = tpm.run(load, Authorisation.EMPTY_PASSWORD).handle();
        } catch (TpmRefusal e) {
            if (e.reason() != TpmRefusal.Reason.INTEGRITY) {
                throw e;
            }
            throw isNamed(pinned)
                    ? new SealException(Why.DAMAGED, "The sealed key is damaged.", e)
                    : new SealException(Why.FOREIGN, "The key is sealed to another TPM, or this one was cleared.", e);
        }
        if (!isNamed(pinned)) {
            // Only the pinned root key can load it, and another one was shown to us: to learn our salt.
            throw new InterposedException("the storage root key is not the pinned one");
        }
        return loaded;
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
            CurvePoint ours = CurvePoint.of((ECPublicKey) ephemeral.getPublic());
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(ephemeral.getPrivate());
            agreement.doPhase(key, true);
            SecretBytes secret = TpmKdf.e(agreement.generateSecret(), "SECRET", ours.x(), point.x());
            return new Salt(secret, ours);
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
}
