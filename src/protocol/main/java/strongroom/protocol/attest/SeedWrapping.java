package strongroom.protocol.attest;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/// How a seed of 32 bytes is sent to a TPM so that it alone can read it.
@FunctionalInterface
interface SeedWrapping {
    /// The label under which both sides derive or encrypt.
    String LABEL = "IDENTITY";

    /// @param seed the caller's to zero @param sent TPM2B_ENCRYPTED_SECRET without its length
    record Wrapped(byte[] seed, byte[] sent) {}

    Wrapped wrap(SecureRandom random);

    /// A random seed under OAEP with SHA-256 and the label with its zero byte (Part 1 Annex B.10.4).
    static SeedWrapping rsa(PublicKey key) {
        return random -> {
            byte[] seed = new byte[TpmKdf.SIZE];
            random.nextBytes(seed);
            try {
                Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
                oaep.init(
                        Cipher.ENCRYPT_MODE,
                        key,
                        new OAEPParameterSpec(
                                "SHA-256",
                                "MGF1",
                                MGF1ParameterSpec.SHA256,
                                new PSource.PSpecified(TpmKdf.label(LABEL))),
                        random);
                return new Wrapped(seed, oaep.doFinal(seed));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("RSA-OAEP failed", e);
            }
        };
    }

    /// One-pass ECDH with a key for this once (Part 1 Annex C.6.4). @param x of the key, 32 bytes
    static SeedWrapping elliptic(PublicKey key, byte[] x) {
        return random -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"), random);
                KeyPair once = generator.generateKeyPair();
                KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
                agreement.init(once.getPrivate());
                agreement.doPhase(key, true);
                ECPublicKey ours = (ECPublicKey) once.getPublic();
                byte[] ourX = TpmKey.coordinate(ours.getW().getAffineX());
                byte[] ourY = TpmKey.coordinate(ours.getW().getAffineY());
                byte[] seed = TpmKdf.e(agreement.generateSecret(), LABEL, ourX, x);
                return new Wrapped(seed, TpmFields.sized(ourX, ourY));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("ECDH on P-256 failed", e);
            }
        };
    }
}
