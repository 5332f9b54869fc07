package strongroom.vault.seal.windows;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import strongroom.protocol.Id;
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

/// Seals to the TPM of a Windows machine. Each seal has an RSA key of its own in the Platform Crypto Provider,
/// whose usage authorisation follows from the one given, so the TPM counts wrong ones. What the key decrypts
/// is half of what opens the secret; the authorisation itself is the other, so that neither a provider that
/// does not insist nor one who listens between processor and TPM (Windows does not let us encrypt there) has
/// the whole.
///
/// {@link #destroy} deletes the key in the user's profile. Windows keeps it there in a file, wrapped by the
/// TPM, and lets no user's program erase anything in the TPM itself: **who copied that file, too, and puts it
/// back on this very machine, can open an earlier copy of the sealed bytes** with the right authorisation. A
/// copy of the disk on another machine opens nothing.
///
/// Safe for several threads; each call is a conversation of its own.
public final class PlatformSealer implements KeySealer {
    // 1 is what seal.tpm writes, under the same kind.
    private static final int FORM = 2;
    private static final int HALF = 32;
    private static final int LIMIT = 1024;
    private static final byte[] USAGE_INFO = ascii("strongroom platform usage v1");
    private static final byte[] KEY_INFO = ascii("strongroom platform key v1");

    private final Ncrypt ncrypt;
    private final RandomGenerator random;

    /// To the TPM of this machine, if it runs Windows. @param random a cryptographically strong source
    public PlatformSealer(RandomGenerator random) {
        this(NativeLibrary.ofWindows("ncrypt.dll"), random);
    }

    PlatformSealer(NativeLibrary library, RandomGenerator random) {
        this.ncrypt = new Ncrypt(library);
        this.random = random;
    }

    @FunctionalInterface
    private interface Step<T> {
        T take() throws NcryptRefusal, SealException;
    }

    private record Sealed(Id id, boolean authorised, byte[] wrapped, byte[] header, byte[] ciphertext) {
        static Sealed read(byte[] sealed) throws SealException {
            byte[] bytes = Checksum.strip(sealed);
            try {
                CanonicalReader in = new CanonicalReader(bytes);
                if (in.uint8() != FORM) {
                    throw new MalformedException("sealed in another form");
                }
                Id id = Id.read(in);
                boolean authorised = in.bool();
                byte[] wrapped = in.bytes(LIMIT);
                byte[] ciphertext = in.bytes(MAX_SECRET + Aead.OVERHEAD);
                in.end();
                return new Sealed(id, authorised, wrapped, header(id, authorised, wrapped), ciphertext);
            } catch (MalformedException e) {
                throw new SealException(Why.DAMAGED, "The sealed key is damaged.", e);
            }
        }

        static byte[] header(Id id, boolean authorised, byte[] wrapped) {
            CanonicalWriter out = new CanonicalWriter().uint8(FORM);
            id.write(out);
            return out.bool(authorised).bytes(wrapped).toByteArray();
        }
    }

    @Override
    public SealKind kind() {
        return SealKind.TPM;
    }

    @Override
    public void check() throws SealException {
        with(() -> {
            PlatformKey.check(ncrypt);
            return true;
        });
    }

    @Override
    public byte[] seal(SecretBytes secret, SecretBytes authorisation) throws SealException {
        if (secret.size() < 1 || secret.size() > MAX_SECRET) {
            throw new IllegalArgumentException("a secret has 1 to " + MAX_SECRET + " bytes");
        }
        Id id = Id.random(random);
        return with(() -> {
            try (SecretBytes half = SecretBytes.random(HALF, random);
                    SecretBytes usage = usage(authorisation, id);
                    SecretBytes key = key(half, authorisation, id);
                    PlatformKey platform = PlatformKey.create(ncrypt, name(id), usage)) {
                byte[] header = Sealed.header(id, authorisation.size() > 0, wrap(platform, half));
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
            try (PlatformKey platform = PlatformKey.open(ncrypt, name(parts.id))) {
                if (parts.authorised != authorisation.size() > 0) {
                    throw wrong();
                }
                try (SecretBytes usage = usage(authorisation, parts.id)) {
                    platform.authorise(usage);
                }
                try (SecretBytes half = platform.decrypt(parts.wrapped);
                        SecretBytes key = key(half, authorisation, parts.id)) {
                    return Aead.openSecret(key, parts.header, parts.ciphertext);
                } catch (NotAuthenticException e) {
                    throw new SealException(Why.WRONG_AUTHORISATION, "The authorisation is wrong.", e);
                }
            }
        });
    }

    @Override
    public void destroy(byte[] sealed) throws SealException {
        Sealed parts = Sealed.read(sealed);
        try {
            with(() -> {
                try (PlatformKey platform = PlatformKey.open(ncrypt, name(parts.id))) {
                    platform.delete();
                    return parts;
                }
            });
        } catch (SealException e) {
            if (e.why() != Why.FOREIGN) {
                throw e;
            }
        }
    }

    /// The TPM counts and Windows does not say how far, so the caller counts, too.
    @Override
    public int triesLeft() {
        return -1;
    }

    /// A key that nobody has the name of is taken away again.
    private static byte[] wrap(PlatformKey platform, SecretBytes half) throws NcryptRefusal {
        boolean wrapped = false;
        try {
            byte[] bytes = platform.encrypt(half);
            wrapped = true;
            return bytes;
        } finally {
            if (!wrapped) {
                platform.delete();
            }
        }
    }

    private static <T> T with(Step<T> step) throws SealException {
        try {
            return step.take();
        } catch (NcryptRefusal e) {
            throw e.translate();
        } catch (UnsatisfiedLinkError e) {
            throw new SealException(Why.ABSENT, "This system has no Platform Crypto Provider.", e);
        }
    }

    private static String name(Id id) {
        return "Strongroom " + id;
    }

    /// Another one for each key, so that one seen on its way to the TPM opens no other; nothing if there is
    /// none.
    private static SecretBytes usage(SecretBytes authorisation, Id id) {
        if (authorisation.size() == 0) {
            return authorisation.copy();
        }
        try (SecretBytes derived = Hkdf.derive(authorisation, id.toByteArray(), USAGE_INFO, HALF)) {
            return derived.<SecretBytes, RuntimeException>use(bytes -> {
                byte[] usage = bytes.clone();
                // A TPM drops zeros at the end (Part 1 §17.6.4.3), and not every party to it may.
                usage[HALF - 1] |= 1;
                return SecretBytes.ofAndZero(usage);
            });
        }
    }

    private static SecretBytes key(SecretBytes half, SecretBytes authorisation, Id id) {
        try (SecretBytes both = SecretBytes.join(half, authorisation)) {
            return Hkdf.derive(both, id.toByteArray(), KEY_INFO, Aead.KEY);
        }
    }

    private static SealException wrong() {
        return new SealException(Why.WRONG_AUTHORISATION, "The authorisation is wrong.");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
