package strongroom.vault.store.search.directory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.Hmac;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SegmentCipher;

/// The format of a sealed file: a header with a random salt and the sealed name, then the content in segments under a
/// key of the file's own, which depends on salt and name. So no block, file or name fits in another's place. The page
/// `docs/vault-format.md` describes it. Safe for several threads; owns its keys.
final class FileSeal implements AutoCloseable {
    /// Bytes of content in every segment but the last.
    static final int BLOCK = 16 << 10;
    /// The same, sealed.
    static final int SEALED_BLOCK = BLOCK + SegmentCipher.OVERHEAD;

    private static final byte FORMAT = 1;
    private static final int SALT = 32;
    private static final int NAME = 96;
    /// Size of the header.
    static final int HEADER = 1 + SALT + NAME + Aead.OVERHEAD;

    private static final int DISK_NAME = 16;
    private static final byte[] PREFIX = new byte[SegmentCipher.PREFIX];

    private final SecretBytes key;
    private final SecretBytes nameKey;
    private final SecretBytes diskNameKey;
    private final RandomGenerator random;

    /// @param key 32 bytes, copied
    FileSeal(SecretBytes key, RandomGenerator random) {
        this.key = key.copy();
        this.nameKey = Hkdf.derive(key, new byte[0], ascii("strongroom search name v1"), Aead.KEY);
        this.diskNameKey = Hkdf.derive(key, new byte[0], ascii("strongroom search disk name v1"), Aead.KEY);
        this.random = random;
    }

    /// What a file is called on the disk: 32 hexadecimal digits.
    String diskName(String name) {
        return HexFormat.of().formatHex(Arrays.copyOf(Hmac.of(diskNameKey, ascii(name)), DISK_NAME));
    }

    /// A header for a new file.
    byte[] header(String name) {
        byte[] padded = new byte[NAME];
        byte[] plain = ascii(name);
        if (plain.length >= NAME) {
            throw new IllegalArgumentException("a file name of " + plain.length + " bytes");
        }
        padded[0] = (byte) plain.length;
        System.arraycopy(plain, 0, padded, 1, plain.length);
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return ByteBuffer.allocate(HEADER)
                .put(FORMAT)
                .put(salt)
                .put(Aead.seal(nameKey, random, salt, padded))
                .array();
    }

    /// The name in a header.
    String name(byte[] header) throws NotAuthenticException {
        if (header.length != HEADER || header[0] != FORMAT) {
            throw new NotAuthenticException();
        }
        byte[] padded = Aead.open(nameKey, salt(header), Arrays.copyOfRange(header, 1 + SALT, HEADER));
        int length = padded.length == NAME ? padded[0] : -1;
        if (length < 1 || length >= NAME) {
            throw new NotAuthenticException();
        }
        return new String(padded, 1, length, StandardCharsets.US_ASCII);
    }

    /// The key of the content of the file with this header. @return closed by the caller
    SecretBytes contentKey(byte[] header, String name) {
        return Hkdf.derive(key, salt(header), ascii("strongroom search file v1 " + name), Aead.KEY);
    }

    /// A cipher for a file's content. @param contentKey borrowed for the life of the cipher
    static SegmentCipher cipher(SecretBytes contentKey, String name) {
        return new SegmentCipher(contentKey, PREFIX, ascii("strongroom search " + name));
    }

    /// How many segments hold that much content: one at least.
    static int segments(long length) {
        return Math.toIntExact(Math.max(1, (length + BLOCK - 1) / BLOCK));
    }

    /// How much content a file of this size has. @return -1 if none can have this size
    static long contentLength(long size) {
        long body = size - HEADER;
        long segments = (body + SEALED_BLOCK - 1) / SEALED_BLOCK;
        long length = body - segments * SegmentCipher.OVERHEAD;
        return body > 0 && length >= 0 && segments(length) == segments ? length : -1;
    }

    private static byte[] salt(byte[] header) {
        return Arrays.copyOfRange(header, 1, 1 + SALT);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        key.close();
        nameKey.close();
        diskNameKey.close();
    }
}
