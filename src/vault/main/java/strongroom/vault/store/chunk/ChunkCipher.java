package strongroom.vault.store.chunk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import strongroom.protocol.Digest;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.Hmac;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SegmentCipher;

/// Names, encrypts and opens the chunks of one vault under one of its keys; the format is in `docs/vault-format.md`.
/// The key of a chunk follows from its id and the id from its plaintext, so one key only ever meets one plaintext
/// and equal chunks have equal ciphertext. After decryption the id is computed anew: who can make a second text
/// that fits key and tag still cannot make one that fits its name. Safe for several threads.
public final class ChunkCipher implements AutoCloseable {
    /// First byte of every chunk.
    static final int FORMAT = 1;

    private static final int SEGMENT = 64 << 10;
    private static final int SEALED_SEGMENT = SEGMENT + SegmentCipher.OVERHEAD;
    private static final byte[] NO_SALT = {};
    private static final byte[] PREFIX = new byte[SegmentCipher.PREFIX];
    private static final int WARM_UP_CALLS = 3_000;
    private static final int WARM_UP_SIZE = 512;

    private final SecretBytes vaultKey;
    private final SecretBytes idKey;

    /// @param vaultKey 32 bytes, borrowed: it must live as long as this
    public ChunkCipher(SecretBytes vaultKey) {
        this.vaultKey = vaultKey;
        this.idKey = Hkdf.derive(vaultKey, NO_SALT, ascii("strongroom chunk id v1"), Hmac.SIZE);
    }

    /// The name of a chunk.
    public Digest id(byte[] plaintext, int length) {
        Hmac hmac = new Hmac(idKey);
        hmac.update(plaintext, 0, length);
        return Digest.of(hmac.finish());
    }

    /// Encrypts a chunk.
    ///
    /// @param id what {@link #id} said of these bytes
    /// @param length 1 to {@link Wire#CHUNK_LIMIT} minus the format's own bytes
    public byte[] seal(Digest id, byte[] plaintext, int length) {
        byte[] sealed = new byte[sealedLength(length)];
        sealed[0] = FORMAT;
        int out = 1;
        try (SecretBytes key = key(id)) {
            SegmentCipher cipher = new SegmentCipher(key, PREFIX, aad(id));
            for (int number = 0, at = 0; at < length; number++, at += SEGMENT) {
                int size = Math.min(SEGMENT, length - at);
                out += cipher.seal(number, at + size == length, plaintext, at, size, sealed, out);
            }
        }
        return sealed;
    }

    /// Opens a chunk: all of it or nothing.
    ///
    /// @return the plaintext
    /// @throws NotAuthenticException if these bytes are not the chunk of that id
    public byte[] open(Digest id, byte[] sealed) throws NotAuthenticException {
        int length = plainLength(sealed.length);
        if (sealed[0] != FORMAT) {
            throw new NotAuthenticException();
        }
        byte[] plaintext = new byte[length];
        try (SecretBytes key = key(id)) {
            SegmentCipher cipher = new SegmentCipher(key, PREFIX, aad(id));
            int out = 0;
            for (int number = 0, at = 1; at < sealed.length; number++, at += SEALED_SEGMENT) {
                int size = Math.min(SEALED_SEGMENT, sealed.length - at);
                out += cipher.open(number, at + size == sealed.length, sealed, at, size, plaintext, out);
            }
        }
        if (!Hmac.matches(id(plaintext, length).toByteArray(), id.toByteArray())) {
            Arrays.fill(plaintext, (byte) 0);
            throw new NotAuthenticException();
        }
        return plaintext;
    }

    /// How long the ciphertext of that many bytes is.
    public static int sealedLength(int length) {
        int segments = (length + SEGMENT - 1) / SEGMENT;
        return 1 + length + segments * SegmentCipher.OVERHEAD;
    }

    private static int plainLength(int sealedLength) throws NotAuthenticException {
        int segments = (sealedLength - 1 + SEALED_SEGMENT - 1) / SEALED_SEGMENT;
        int length = sealedLength - 1 - segments * SegmentCipher.OVERHEAD;
        if (length < 1 || sealedLength > Wire.CHUNK_LIMIT || sealedLength(length) != sealedLength) {
            throw new NotAuthenticException();
        }
        return length;
    }

    private SecretBytes key(Digest id) {
        byte[] info = new CanonicalWriter()
                .fixed(ascii("strongroom chunk key v1"))
                .fixed(id.toByteArray())
                .toByteArray();
        return Hkdf.derive(vaultKey, NO_SALT, info, 32);
    }

    private static byte[] aad(Digest id) {
        return new CanonicalWriter()
                .fixed(ascii("strongroom chunk"))
                .uint8(FORMAT)
                .fixed(id.toByteArray())
                .toByteArray();
    }

    /// Runs the cipher often enough that the machine code of the JDK's AES-GCM is there when the first document
    /// comes: interpreted it is several hundred times slower. Takes some tenths of a second; no state is left.
    public static void warmUp(RandomGenerator random) {
        byte[] bytes = new byte[WARM_UP_SIZE + SegmentCipher.OVERHEAD];
        try (SecretBytes key = SecretBytes.random(32, random)) {
            SegmentCipher cipher = new SegmentCipher(key, PREFIX, PREFIX);
            for (int i = 0; i < WARM_UP_CALLS && !Thread.currentThread().isInterrupted(); i++) {
                cipher.seal(i, false, bytes, 0, WARM_UP_SIZE, bytes, 0);
            }
        }
    }

    private static byte[] ascii(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        idKey.close();
    }
}
