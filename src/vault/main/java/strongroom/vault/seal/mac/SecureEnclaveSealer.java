package strongroom.vault.seal.mac;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.platform.NativeLibrary;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;

/// Seals to the Secure Enclave of a Mac and to the Keychain of its user together. What opens the secret is
/// made of two halves: one that a key of its own in this enclave decrypts, one that the Keychain keeps, sealed
/// with the authorisation. Nothing of a copied disk is opened on another machine, whatever else is known of
/// it; {@link #destroy} takes the second half out of the Keychain.
///
/// **The enclave does not count** wrong authorisations: a program of the signed-in user can have both halves
/// and then guess, at the price of one Argon2id for each guess. So {@link #triesLeft} is -1, and the caller
/// counts. Who copied the user's Keychain, too, and puts it back on this very Mac, can open an earlier copy of
/// the sealed bytes with the right authorisation.
///
/// Safe for several threads.
public final class SecureEnclaveSealer implements KeySealer {
    private static final int VERSION = 1;
    private static final int HALF = 32;
    private static final int LIMIT = 2048;
    private static final byte[] KEY_INFO = "strongroom enclave key v1".getBytes(StandardCharsets.US_ASCII);

    private final NativeLibrary security;
    private final CoreFoundation core;
    private final KeySealer keychain;
    private final RandomGenerator random;

    /// To the enclave of this machine, if it is a Mac.
    ///
    /// @param keychain seals the other half @param random a cryptographically strong source
    public SecureEnclaveSealer(KeySealer keychain, RandomGenerator random) {
        this(NativeLibrary.ofMac("Security"), NativeLibrary.ofMac("CoreFoundation"), keychain, random);
    }

    SecureEnclaveSealer(NativeLibrary security, NativeLibrary core, KeySealer keychain, RandomGenerator random) {
        this.security = security;
        this.core = new CoreFoundation(core);
        this.keychain = keychain;
        this.random = random;
    }

    @FunctionalInterface
    private interface Step<T> {
        T take() throws SecurityRefusal, SealException;
    }

    private record Sealed(byte[] wrappedKey, byte[] first, byte[] second, byte[] header, byte[] ciphertext) {
        static Sealed read(byte[] sealed) throws SealException {
            byte[] bytes = Checksum.strip(sealed);
            try {
                CanonicalReader in = new CanonicalReader(bytes);
                if (in.uint8() != VERSION) {
                    throw new MalformedException("sealed by a later version");
                }
                byte[] wrappedKey = in.bytes(LIMIT);
                byte[] first = in.bytes(LIMIT);
                byte[] second = in.bytes(LIMIT);
                byte[] ciphertext = in.bytes(MAX_SECRET + Aead.OVERHEAD);
                in.end();
                return new Sealed(wrappedKey, first, second, header(wrappedKey, first, second), ciphertext);
            } catch (MalformedException e) {
                throw new SealException(Why.DAMAGED, "The sealed key is damaged.", e);
            }
        }

        static byte[] header(byte[] wrappedKey, byte[] first, byte[] second) {
            return new CanonicalWriter()
                    .uint8(VERSION)
                    .bytes(wrappedKey)
                    .bytes(first)
                    .bytes(second)
                    .toByteArray();
        }
    }

    @Override
    public SealKind kind() {
        return SealKind.SECURE_ENCLAVE;
    }

    /// Makes a key in the enclave, which leaves no trace, and asks the Keychain.
    @Override
    public void check() throws SealException {
        with(() -> {
            EnclaveKey.create(security, core).close();
            return true;
        });
        keychain.check();
    }

    @Override
    public byte[] seal(SecretBytes secret, SecretBytes authorisation) throws SealException {
        if (secret.size() < 1 || secret.size() > MAX_SECRET) {
            throw new IllegalArgumentException("a secret has 1 to " + MAX_SECRET + " bytes");
        }
        return with(() -> {
            try (EnclaveKey enclave = EnclaveKey.create(security, core);
                    SecretBytes first = SecretBytes.random(HALF, random);
                    SecretBytes second = SecretBytes.random(HALF, random);
                    SecretBytes key = key(first, second)) {
                byte[] wrappedKey = enclave.wrapped();
                byte[] encrypted = enclave.encrypt(first);
                // Last, for it leaves something behind.
                byte[] header = Sealed.header(wrappedKey, encrypted, keychain.seal(second, authorisation));
                return Checksum.append(new CanonicalWriter()
                        .fixed(header)
                        .bytes(Aead.seal(key, random, header, secret))
                        .toByteArray());
            }
        });
    }

    @Override
    public SecretBytes unseal(byte[] sealed, SecretBytes authorisation) throws SealException {
        Sealed parts = Sealed.read(sealed);
        return with(() -> {
            try (SecretBytes second = keychain.unseal(parts.second, authorisation);
                    EnclaveKey enclave = EnclaveKey.open(security, core, parts.wrappedKey);
                    SecretBytes first = enclave.decrypt(parts.first);
                    SecretBytes key = key(first, second)) {
                return Aead.openSecret(key, parts.header, parts.ciphertext);
            } catch (NotAuthenticException e) {
                throw new SealException(Why.DAMAGED, "The sealed key is damaged.", e);
            }
        });
    }

    @Override
    public void destroy(byte[] sealed) throws SealException {
        keychain.destroy(Sealed.read(sealed).second);
    }

    /// Nobody counts.
    @Override
    public int triesLeft() {
        return -1;
    }

    private static <T> T with(Step<T> step) throws SealException {
        try {
            return step.take();
        } catch (SecurityRefusal e) {
            throw e.translate();
        } catch (UnsatisfiedLinkError e) {
            throw new SealException(Why.ABSENT, "This system has no Secure Enclave.", e);
        }
    }

    private static SecretBytes key(SecretBytes first, SecretBytes second) {
        try (SecretBytes both = SecretBytes.join(first, second)) {
            return Hkdf.derive(both, new byte[0], KEY_INFO, Aead.KEY);
        }
    }
}
