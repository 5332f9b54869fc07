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
import strongroom.vault.platform.OperatingSystem;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;

/// Seals to the keystore of the operating system: a random key per seal lies there, and the secret is encrypted
/// under it and the authorisation together. Which keystore it was stands in what was sealed. A copy of the disk
/// without the keystore opens nothing, and {@link #destroy} erases the key. Any program of the signed-in user
/// can read that key; then the authorisation is all that is left, and **nobody counts** how often it is guessed
/// at. Safe for several threads.
public final class KeystoreSealer implements KeySealer {
    private static final int VERSION = 2;
    /// Without the keystore's number.
    private static final int FIRST_VERSION = 1;
    private static final int CHECK = 8;
    private static final byte[] KEY_INFO = ascii("strongroom keystore seal v1");
    private static final byte[] CHECK_INFO = ascii("strongroom keystore check v1");

    private final Keystores keystores;
    private final RandomGenerator random;

    /// To the keystore of the user who runs this program. @param random a cryptographically strong source
    public KeystoreSealer(RandomGenerator random) {
        this(new SystemKeystores(random), random);
    }

    KeystoreSealer(Keystores keystores, RandomGenerator random) {
        this.keystores = keystores;
        this.random = random;
    }

    @Override
    public SealKind kind() {
        return SealKind.KEYSTORE;
    }

    @Override
    public void check() throws SealException {
        keystores.open(keystores.present()).check();
    }

    @Override
    public byte[] seal(SecretBytes secret, SecretBytes authorisation) throws SealException {
        if (secret.size() < 1 || secret.size() > MAX_SECRET) {
            throw new IllegalArgumentException("a secret has 1 to " + MAX_SECRET + " bytes");
        }
        Backend backend = keystores.present();
        Keystore keystore = keystores.open(backend);
        Id item = Id.random(random);
        try (SecretBytes kept = SecretBytes.random(Keystore.KEY, random);
                SecretBytes key = key(kept, authorisation, item)) {
            byte[] header = new CanonicalWriter()
                    .uint8(VERSION)
                    .uint8(backend.code())
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
            Backend backend = backend(in);
            Id item = Id.read(in);
            byte[] check = in.fixed(CHECK);
            byte[] ciphertext = in.bytes(MAX_SECRET + Aead.OVERHEAD);
            in.end();
            byte[] header = Arrays.copyOf(bytes, (bytes[0] == FIRST_VERSION ? 1 : 2) + Id.SIZE + CHECK);
            try (SecretBytes kept = keystores.open(backend).read(item.toString());
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
            CanonicalReader in = new CanonicalReader(Checksum.strip(sealed));
            Backend backend = backend(in);
            keystores.open(backend).delete(Id.read(in).toString());
        } catch (MalformedException e) {
            throw damaged(e);
        }
    }

    /// Nobody counts.
    @Override
    public int triesLeft() {
        return -1;
    }

    private static Backend backend(CanonicalReader in) throws MalformedException {
        return switch (in.uint8()) {
            case FIRST_VERSION -> Backend.of(OperatingSystem.current());
            case VERSION -> Backend.read(in);
            default -> throw new MalformedException("sealed by a later version");
        };
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
