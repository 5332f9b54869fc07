package strongroom.vault.seal.passphrase;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;

/// Seals under the authorisation alone, where a machine has neither TPM nor keystore. **It binds to no machine**:
/// a copy of the disk can be guessed at elsewhere, at the price of one Argon2id per guess, and nobody counts. What
/// is sealed *without* an authorisation lies beside its key: file permissions are all that keeps it, and it is
/// encrypted only so that all seals have one form. It has nothing to erase, so {@link #destroy} does nothing and
/// the sealed bytes themselves must be deleted. Safe for several threads.
public final class PassphraseSealer implements KeySealer {
    private static final int VERSION = 1;
    private static final int SALT = 32;
    private static final byte[] INFO = "strongroom passphrase seal v1".getBytes(StandardCharsets.US_ASCII);

    private final RandomGenerator random;

    /// @param random a cryptographically strong source
    public PassphraseSealer(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public SealKind kind() {
        return SealKind.PASSPHRASE;
    }

    /// Always ready.
    @Override
    public void check() {}

    @Override
    public byte[] seal(SecretBytes secret, SecretBytes authorisation) {
        if (secret.size() < 1 || secret.size() > MAX_SECRET) {
            throw new IllegalArgumentException("a secret has 1 to " + MAX_SECRET + " bytes");
        }
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] header = new CanonicalWriter()
                .uint8(VERSION)
                .bool(authorisation.size() > 0)
                .fixed(salt)
                .toByteArray();
        try (SecretBytes key = key(authorisation, salt)) {
            return Checksum.append(new CanonicalWriter()
                    .fixed(header)
                    .bytes(Aead.seal(key, random, header, secret))
                    .toByteArray());
        }
    }

    @Override
    public SecretBytes unseal(byte[] sealed, SecretBytes authorisation) throws SealException {
        byte[] bytes = Checksum.strip(sealed);
        try {
            CanonicalReader in = new CanonicalReader(bytes);
            int version = in.uint8();
            boolean authorised = in.bool();
            byte[] salt = in.fixed(SALT);
            byte[] ciphertext = in.bytes(MAX_SECRET + Aead.OVERHEAD);
            in.end();
            if (version != VERSION) {
                throw new MalformedException("sealed by a later version");
            }
            if (authorised != authorisation.size() > 0) {
                throw wrong(null);
            }
            byte[] header = Arrays.copyOf(bytes, 2 + SALT);
            try (SecretBytes key = key(authorisation, salt)) {
                return Aead.openSecret(key, header, ciphertext);
            }
        } catch (MalformedException e) {
            throw new SealException(Why.DAMAGED, "The sealed key is damaged.", e);
        } catch (NotAuthenticException e) {
            throw wrong(e);
        }
    }

    /// Does nothing: there is nothing here to erase.
    @Override
    public void destroy(byte[] sealed) {}

    /// Nobody counts.
    @Override
    public int triesLeft() {
        return -1;
    }

    private static SecretBytes key(SecretBytes authorisation, byte[] salt) {
        if (authorisation.size() > 0) {
            return Hkdf.derive(authorisation, salt, INFO, Aead.KEY);
        }
        try (SecretBytes open = SecretBytes.ofAndZero(salt.clone())) {
            return Hkdf.derive(open, new byte[0], INFO, Aead.KEY);
        }
    }

    private static SealException wrong(@Nullable Exception cause) {
        return new SealException(Why.WRONG_AUTHORISATION, "The authorisation is wrong.", Duration.ZERO, cause);
    }
}
