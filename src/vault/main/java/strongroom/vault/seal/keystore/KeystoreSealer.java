package strongroom.vault.seal.keystore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.Hmac;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;

/// Seals to the keystore of the operating system: a random key per seal lies there, and the secret is encrypted
/// under it and the authorisation together. A copy of the disk without the keystore opens nothing, and
/// {@link #destroy} erases the key. Any program of the signed-in user can read that key; then the authorisation is
/// all that is left, and **nobody counts** how often it is guessed at. Safe for several threads.
public final class KeystoreSealer implements KeySealer {
    private static final int VERSION = 1;
    private static final int CHECK = 8;
    private static final byte[] KEY_INFO = ascii("strongroom keystore seal v1");
    private static final byte[] CHECK_INFO = ascii("strongroom keystore check v1");

    private final Keystore keystore;
    private final RandomGenerator random;

    /// To the keystore of the user who runs this program. @param random a cryptographically strong source
    public KeystoreSealer(RandomGenerator random) {
        this(new OsKeystore(random), random);
    }

    KeystoreSealer(Keystore keystore, RandomGenerator random) {
        this.keystore = keystore;
        this.random = random;
    }

    @Override
    public SealKind kind() {
        return SealKind.KEYSTORE;
    }

    @Override
    public void check() throws SealException {
        keystore.check();
    }

    @Override
    public byte[] seal(SecretBytes secret, SecretBytes authorisation) throws SealException {
        if (secret.size() < 1 || secret.size() > MAX_SECRET) {
            throw new IllegalArgumentException("a secret has 1 to " + MAX_SECRET + " bytes");
        }
        Id item = Id.random(random);
        try (SecretBytes kept = SecretBytes.random(Keystore.KEY, random);
                SecretBytes key = key(kept, authorisation, item)) {
            byte[] header = new CanonicalWriter()
                    .uint8(VERSION)
                    .fixed(item.toByteArray())
                    .fixed(check(kept))
                    .toByteArray();
            keystore.write(item.toString(), kept);
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
            Id item = item(in);
            byte[] check = in.fixed(CHECK);
            byte[] ciphertext = in.bytes(MAX_SECRET + Aead.OVERHEAD);
            in.end();
            byte[] header = Arrays.copyOf(bytes, 1 + Id.SIZE + CHECK);
            try (SecretBytes kept = keystore.read(item.toString());
                    SecretBytes key = key(kept, authorisation, item)) {
                if (!Arrays.equals(check, check(kept))) {
                    throw new SealException(Why.FOREIGN, "The keyring has another key in place of this store's.");
                }
                return Aead.openSecret(key, header, ciphertext);
            }
        } catch (MalformedException e) {
            throw damaged(e);
        } catch (NotAuthenticException e) {
            throw new SealException(Why.WRONG_AUTHORISATION, "The authorisation is wrong.", e);
        }
    }

    @Override
    public void destroy(byte[] sealed) throws SealException {
        try {
            keystore.delete(item(new CanonicalReader(Checksum.strip(sealed))).toString());
        } catch (MalformedException e) {
            throw damaged(e);
        }
    }

    /// Nobody counts.
    @Override
    public int triesLeft() {
        return -1;
    }

    private static Id item(CanonicalReader in) throws MalformedException {
        if (in.uint8() != VERSION) {
            throw new MalformedException("sealed by a later version");
        }
        return Id.read(in);
    }

    private static SecretBytes key(SecretBytes kept, SecretBytes authorisation, Id item) {
        try (SecretBytes both = SecretBytes.join(kept, authorisation)) {
            return Hkdf.derive(both, item.toByteArray(), KEY_INFO, Aead.KEY);
        }
    }

    /// Tells another key in the keystore from a wrong authorisation; of a random key it says nothing.
    private static byte[] check(SecretBytes kept) {
        return Arrays.copyOf(Hmac.of(kept, CHECK_INFO), CHECK);
    }

    private static SealException damaged(Exception cause) {
        return new SealException(Why.DAMAGED, "The sealed key is damaged.", cause);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
