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
/// A chunk's name is a MAC of its plaintext, so equal chunks of a vault have one name; its key follows from the name
/// and from a salt that is new each time it is encrypted, so no key ever meets two texts, whatever a later version of
/// the program compresses otherwise. Safe for several threads.
public final class ChunkCipher implements AutoCloseable {
    /// First byte of every chunk.
    static final int FORMAT = 3;

    /// In which the coding was bound to no segment: opened whole, written no more.
    private static final int FORMAT_2 = 2;

    private static final int SALT = 16;
    /// What stands before the segments, in bytes: the format and the salt.
    public static final int HEADER = 1 + SALT;

    private static final byte[] NO_SALT = {};
    private static final byte[] PREFIX = new byte[SegmentCipher.PREFIX];
    private static final int WARM_UP_CALLS = 3_000;
    private static final int WARM_UP_SIZE = 512;

    private final SecretBytes chunkKeys;
    private final SecretBytes idKey;
    private final GearCutter cutter;
    private final Coding coding = new Coding();

    /// @param vaultKey 32 bytes, borrowed for this call
    public ChunkCipher(SecretBytes vaultKey) {
        this.chunkKeys = Hkdf.extract(vaultKey);
        this.idKey = Hkdf.derive(vaultKey, NO_SALT, ascii("strongroom chunk id v2"), Hmac.SIZE);
        this.cutter = new GearCutter(vaultKey);
    }

    /// Where documents under this key are cut.
    public GearCutter cutter() {
        return cutter;
    }

    /// The name of a chunk.
    public Digest id(byte[] plaintext, int length) {
        return Digest.of(name(plaintext, 0, length));
    }

    private byte[] name(byte[] plaintext, int offset, int length) {
        Hmac hmac = new Hmac(idKey);
        hmac.update(plaintext, offset, length);
        return hmac.finish();
    }

    /// Encrypts a chunk.
    ///
    /// @param id what {@link #id} said of these bytes
    /// @param length of the chunk, 1 to {@link Wire#CHUNK_LIMIT} minus the format's own bytes
    /// @param last whether the document ends with it @param random cryptographically strong
    public byte[] seal(Digest id, byte[] plaintext, int length, boolean last, RandomGenerator random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        try (Coding.Body body = coding.encode(plaintext, length, last);
                SecretBytes key = key(id, salt)) {
            byte[] sealed = new byte[sealedLength(body.length())];
            sealed[0] = FORMAT;
            System.arraycopy(salt, 0, sealed, 1, SALT);
            SegmentCipher cipher = new SegmentCipher(key, PREFIX, aad(FORMAT, id));
            int out = HEADER;
            for (int number = 0, at = 0; at < body.length(); number++, at += Segment.BODY) {
                if (number == 1) {
                    cipher = new SegmentCipher(key, PREFIX, aad(FORMAT, id, body.bytes()[0]));
                }
                int size = Math.min(Segment.BODY, body.length() - at);
                out += cipher.seal(number, at + size == body.length(), body.bytes(), at, size, sealed, out);
            }
            return sealed;
        }
    }

    /// How many bytes the room has that a chunk is opened in.
    ///
    /// @param length of the plaintext @param sealed length of the ciphertext; a longer one is refused
    public static int roomFor(int length, int sealed) {
        return length + Math.clamp(sealed, 0, Wire.CHUNK_LIMIT);
    }

    /// Opens a chunk: all of it or nothing. Nothing else of the plaintext stays in the room.
    ///
    /// @param length of the plaintext, as the document's entry says
    /// @param sealed begins with the ciphertext @param sealedLength of the ciphertext
    /// @param room as long as {@link #roomFor} says @return where in the room the plaintext is; zeroed by the
    ///     caller
    /// @throws NotAuthenticException if these bytes are not a chunk of that name and length
    public int open(Digest id, int length, byte[] sealed, int sealedLength, byte[] room) throws NotAuthenticException {
        int bodyLength = bodyLength(sealed, sealedLength);
        int format = sealed[0];
        boolean opened = false;
        try (SecretBytes key = key(id, Arrays.copyOfRange(sealed, 1, HEADER))) {
            SegmentCipher cipher = new SegmentCipher(key, PREFIX, aad(format, id));
            int out = length;
            for (int number = 0, at = HEADER; at < sealedLength; number++, at += Segment.SEALED) {
                if (number == 1 && format == FORMAT) {
                    cipher = new SegmentCipher(key, PREFIX, aad(format, id, room[length]));
                }
                int size = Math.min(Segment.SEALED, sealedLength - at);
                out += cipher.open(number, at + size == sealedLength, sealed, at, size, room, out);
            }
            int from = coding.decode(room, length, bodyLength);
            opened = true;
            return from;
        } finally {
            if (!opened) {
                Arrays.fill(room, 0, length + bodyLength, (byte) 0);
            }
        }
    }

    /// Whether segments of a chunk can be opened alone. @param header first bytes of its ciphertext
    public static boolean opensInParts(byte[] header) {
        return header[0] == FORMAT;
    }

    /// Opens one segment of a chunk that this program encrypted itself.
    ///
    /// @param length of the chunk's plaintext @param header first bytes of its ciphertext, {@link #HEADER} long
    /// @param sealed the segment's ciphertext, may go on behind it
    /// @param room for 64 KiB; zeroed by the caller @return where in `room` the byte `segment.from()` is
    /// @throws NotAuthenticException if these bytes are not that segment of a chunk of that name and length
    public int open(Digest id, int length, byte[] header, Segment segment, byte[] sealed, byte[] room)
            throws NotAuthenticException {
        if (!opensInParts(header)) {
            throw new NotAuthenticException();
        }
        boolean first = segment.number() == 0;
        byte[] bound = first ? aad(FORMAT, id) : aad(FORMAT, id, Coding.STORED);
        try (SecretBytes key = key(id, Arrays.copyOfRange(header, 1, HEADER))) {
            SegmentCipher cipher = new SegmentCipher(key, PREFIX, bound);
            cipher.open(segment.number(), segment.last(), sealed, 0, segment.sealed(), room, 0);
        }
        if (!first) {
            return 0;
        }
        if (!Coding.isStored(room, length)) {
            Arrays.fill(room, (byte) 0);
            throw new NotAuthenticException();
        }
        return Coding.HEADER;
    }

    /// Opens a chunk that came from somewhere else, and computes its name anew: who has the vault's key could have
    /// encrypted another text under this name. Otherwise as {@link #open(Digest, int, byte[], int, byte[])}.
    ///
    /// @throws NotAuthenticException also if the plaintext has another name
    public int openAndCheck(Digest id, int length, byte[] sealed, int sealedLength, byte[] room)
            throws NotAuthenticException {
        int from = open(id, length, sealed, sealedLength, room);
        if (!Hmac.matches(name(room, from, length), id.toByteArray())) {
            Arrays.fill(room, from, from + length, (byte) 0);
            throw new NotAuthenticException();
        }
        return from;
    }

    private static int sealedLength(int bodyLength) {
        int segments = (bodyLength + Segment.BODY - 1) / Segment.BODY;
        return HEADER + bodyLength + segments * SegmentCipher.OVERHEAD;
    }

    private static int bodyLength(byte[] sealed, int sealedLength) throws NotAuthenticException {
        int segments = (sealedLength - HEADER + Segment.SEALED - 1) / Segment.SEALED;
        int length = sealedLength - HEADER - segments * SegmentCipher.OVERHEAD;
        if (length < 1
                || sealedLength > Wire.CHUNK_LIMIT
                || sealedLength(length) != sealedLength
                || sealed[0] != FORMAT && sealed[0] != FORMAT_2) {
            throw new NotAuthenticException();
        }
        return length;
    }

    private SecretBytes key(Digest id, byte[] salt) {
        byte[] info = new CanonicalWriter()
                .fixed(ascii("strongroom chunk key v2"))
                .fixed(id.toByteArray())
                .fixed(salt)
                .toByteArray();
        return Hkdf.expand(chunkKeys, info, 32);
    }

    private static byte[] aad(int format, Digest id) {
        return bound(format, id).toByteArray();
    }

    /// Of the segments behind the first one, in which the coding stands: who opens one of them alone must not take for
    /// plaintext what is compressed.
    private static byte[] aad(int format, Digest id, byte coding) {
        return bound(format, id).uint8(coding).toByteArray();
    }

    private static CanonicalWriter bound(int format, Digest id) {
        return new CanonicalWriter()
                .fixed(ascii("strongroom chunk"))
                .uint8(format)
                .fixed(id.toByteArray());
    }

    /// Runs the cipher often enough that the machine code of the JDK's AES-GCM is there when the first document
    /// comes: interpreted it is several hundred times slower. Takes some tenths of a second; no state is left.
    public static void warmUp(RandomGenerator random) {
        byte[] text = new byte[WARM_UP_SIZE];
        byte[] sealed = new byte[WARM_UP_SIZE + SegmentCipher.OVERHEAD];
        try (SecretBytes key = SecretBytes.random(32, random)) {
            SegmentCipher cipher = new SegmentCipher(key, PREFIX, PREFIX);
            for (int i = 0; i < WARM_UP_CALLS && !Thread.currentThread().isInterrupted(); i++) {
                cipher.seal(i, false, text, 0, text.length, sealed, 0);
                cipher.open(i, false, sealed, 0, sealed.length, text, 0);
            }
        } catch (NotAuthenticException e) {
            throw new IllegalStateException("what was sealed here opens here", e);
        }
    }

    private static byte[] ascii(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        coding.close();
        cutter.clear();
        idKey.close();
        chunkKeys.close();
    }
}
