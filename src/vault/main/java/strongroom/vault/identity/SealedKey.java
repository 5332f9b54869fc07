package strongroom.vault.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.DurableFile;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;

/// A P-256 private key (PKCS#8) as it lies on the disk: sealed to the machine with no authorisation, because it
/// serves the agent while nobody is there.
///
/// @param kind which sealer opens it
/// @param key the public half
/// @param request PKCS#10 for it, empty if it has none
/// @param sealed for the sealer
record SealedKey(SealKind kind, VerifyingKey key, byte[] request, byte[] sealed) {
    private static final int REQUEST_LIMIT = 8192;
    private static final int SEALED_LIMIT = 4096;

    /// Makes a PKCS#10 request for a new key, while the private half is at hand.
    interface Request {
        byte[] of(KeyPair keys) throws IdentityException;
    }

    static SealedKey make(KeySealer sealer, SecureRandom random, Request request)
            throws SealException, IdentityException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            try (SecretBytes secret = SecretBytes.ofAndZero(keys.getPrivate().getEncoded());
                    SecretBytes nothing = SecretBytes.ofAndZero(new byte[0])) {
                return new SealedKey(
                        sealer.kind(),
                        VerifyingKey.of(keys.getPublic()),
                        request.of(keys),
                        sealer.seal(secret, nothing));
            }
        } catch (GeneralSecurityException | MalformedException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    /// Opens the private half; it is on the heap afterwards, as JSSE wants it.
    PrivateKey open(KeySealer sealer) throws SealException {
        try (SecretBytes nothing = SecretBytes.ofAndZero(new byte[0]);
                SecretBytes secret = sealer.unseal(sealed, nothing)) {
            return secret.use(
                    pkcs8 -> KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8.clone())));
        } catch (GeneralSecurityException e) {
            throw new SealException(
                    SealException.Why.DAMAGED, "A key of this device is damaged. Enrol the device again.", e);
        }
    }

    void write(Path file) throws IOException {
        CanonicalWriter out = new CanonicalWriter().uint8(kind.code());
        key.write(out);
        DurableFile.write(file, out.bytes(request).bytes(sealed).toByteArray());
    }

    static SealedKey read(Path file) throws IOException, MalformedException {
        CanonicalReader in = new CanonicalReader(Files.readAllBytes(file));
        SealedKey key = new SealedKey(
                SealKind.read(in), VerifyingKey.read(in), in.bytes(REQUEST_LIMIT), in.bytes(SEALED_LIMIT));
        in.end();
        return key;
    }
}
