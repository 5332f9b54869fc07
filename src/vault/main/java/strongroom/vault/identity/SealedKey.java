package strongroom.vault.identity;

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
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;

/// A key that was made outside of the machine, because nothing in it makes keys: PKCS#8, sealed to the machine
/// with no authorisation. Devices that enrolled before keys were made in the TPM have such keys with a TPM, too.
///
/// @param kind which sealer opens it
/// @param key the public half
/// @param request PKCS#10 for it, empty if it has none
/// @param sealed for the sealer
record SealedKey(SealKind kind, VerifyingKey key, byte[] request, byte[] sealed) implements DeviceKey {
    private static final int SEALED_LIMIT = 4096;

    static SealedKey make(KeySealer sealer, SecureRandom random, Request request) throws SealException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            try (SecretBytes secret = SecretBytes.ofAndZero(keys.getPrivate().getEncoded());
                    SecretBytes nothing = SecretBytes.ofAndZero(new byte[0])) {
                VerifyingKey key = VerifyingKey.of(keys.getPublic());
                return new SealedKey(
                        sealer.kind(), key, request.of(key, keys.getPrivate()), sealer.seal(secret, nothing));
            }
        } catch (GeneralSecurityException | MalformedException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    /// Opens the private half; it is on the heap afterwards, as JSSE wants it.
    @Override
    public PrivateKey open(SealerSource sealers) throws SealException {
        try (SecretBytes nothing = SecretBytes.ofAndZero(new byte[0]);
                SecretBytes secret = sealers.of(kind).unseal(sealed, nothing)) {
            return secret.use(
                    pkcs8 -> KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8.clone())));
        } catch (GeneralSecurityException e) {
            throw new SealException(
                    SealException.Why.DAMAGED, "A key of this device is damaged. Enrol the device again.", e);
        }
    }

    @Override
    public void destroy(SealerSource sealers) throws SealException {
        sealers.of(kind).destroy(sealed);
    }

    @Override
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().uint8(kind.code());
        key.write(out);
        return out.bytes(request).bytes(sealed).toByteArray();
    }

    static SealedKey read(CanonicalReader in) throws MalformedException {
        return new SealedKey(SealKind.read(in), VerifyingKey.read(in), in.bytes(REQUEST_LIMIT), in.bytes(SEALED_LIMIT));
    }
}
