package strongroom.vault.slot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.Argon2Parameters;
import strongroom.vault.crypto.PinHash;
import strongroom.vault.home.DurableFile;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;

/// One slot as it lies on the disk; `docs/vault-format.md` has the bytes. Everything before the wrapped root key is
/// bound to it as associated data, so no part can be exchanged for another slot's. Immutable; arrays are not copied.
public final class SlotFile {
    /// File name of the slot that a PIN opens every day.
    public static final String DAILY = "daily.slot";

    /// File name of the slot that another took the place of, until what was sealed for it is destroyed.
    static final String RETIRED = "retired.slot";

    /// How the names of those begin whose destruction waits for a part that is away; the id follows.
    static final String RETIRED_BEFORE = "retired-";

    static final String SUFFIX = ".slot";

    // Two bits, counted from version 1: whether there is a share, and whether it says since when the PIN is.
    private static final byte[] MAGIC = "SRSLOT".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST = '1';
    private static final int HAS_SHARE = 1;
    private static final int HAS_SINCE = 2;
    private static final int SEALED_LIMIT = 4096;
    private static final int WRAPPED_LIMIT = 256;

    private final Id id;
    private final SealKind kind;
    private final Argon2Parameters pinHash;
    private final byte[] salt;
    private final @Nullable Instant since;
    private final @Nullable SlotShare share;
    private final byte[] sealed;
    private final byte[] wrapped;

    SlotFile(
            Id id,
            SealKind kind,
            Argon2Parameters pinHash,
            byte[] salt,
            @Nullable Instant since,
            @Nullable SlotShare share,
            byte[] sealed,
            byte[] wrapped) {
        this.id = id;
        this.kind = kind;
        this.pinHash = pinHash;
        this.salt = salt;
        this.since = since;
        this.share = share;
        this.sealed = sealed;
        this.wrapped = wrapped;
    }

    /// Reads a slot; checks the form, not the keys.
    ///
    /// @throws MalformedException if the file is not a slot
    public static SlotFile read(Path file) throws IOException, MalformedException {
        byte[] whole = Files.readAllBytes(file);
        int has = version(new CanonicalReader(whole));
        CanonicalReader in = new CanonicalReader((has & HAS_SINCE) == 0 ? whole : undamaged(whole));
        version(in);
        SlotFile slot = new SlotFile(
                Id.read(in),
                kind(in.uint8()),
                Argon2Parameters.read(in),
                in.fixed(PinHash.SALT),
                (has & HAS_SINCE) == 0 ? null : in.instant(),
                (has & HAS_SHARE) == 0 ? null : SlotShare.read(in),
                in.bytes(SEALED_LIMIT),
                in.bytes(WRAPPED_LIMIT));
        in.end();
        return slot;
    }

    /// A damaged salt would make the right PIN a wrong one, which is counted.
    private static byte[] undamaged(byte[] whole) throws MalformedException {
        try {
            return Checksum.strip(whole);
        } catch (SealException e) {
            throw new MalformedException("the slot is damaged", e);
        }
    }

    private static int version(CanonicalReader in) throws MalformedException {
        byte[] magic = in.fixed(MAGIC.length);
        int has = in.uint8() - FIRST;
        if (!Arrays.equals(magic, MAGIC) || has < 0 || has > HAS_SHARE + HAS_SINCE || in.uint8() != 0) {
            throw new MalformedException("not a slot file");
        }
        return has;
    }

    /// Writes the slot, atomically and durably.
    void write(Path file) throws IOException {
        byte[] whole = new CanonicalWriter().fixed(header()).bytes(wrapped).toByteArray();
        DurableFile.write(file, since == null ? whole : Checksum.append(whole));
    }

    byte[] header() {
        int has = (share == null ? 0 : HAS_SHARE) + (since == null ? 0 : HAS_SINCE);
        CanonicalWriter out =
                new CanonicalWriter().fixed(MAGIC).uint8(FIRST + has).uint8(0);
        id.write(out);
        out.uint8(kind.code());
        pinHash.write(out);
        out.fixed(salt);
        if (since != null) {
            out.instant(since);
        }
        if (share != null) {
            share.write(out);
        }
        return out.bytes(sealed).toByteArray();
    }

    private static SealKind kind(int code) throws MalformedException {
        for (SealKind kind : SealKind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw new MalformedException("unknown way of sealing");
    }

    /// Names the slot.
    public Id id() {
        return id;
    }

    /// Which sealer opens it.
    public SealKind kind() {
        return kind;
    }

    /// The sealed device secret, for the sealer.
    public byte[] sealed() {
        return sealed;
    }

    /// When a person chose the PIN; null if nobody wrote that down. Believe it only of a slot that opened.
    public @Nullable Instant since() {
        return since;
    }

    /// What it says of the server's share; null if it opens without.
    public @Nullable SlotShare share() {
        return share;
    }

    SlotFile with(byte[] sealedSecret, byte[] wrappedRoot) {
        return new SlotFile(id, kind, pinHash, salt, since, share, sealedSecret, wrappedRoot);
    }

    Argon2Parameters pinHash() {
        return pinHash;
    }

    byte[] salt() {
        return salt;
    }

    byte[] wrapped() {
        return wrapped;
    }
}
