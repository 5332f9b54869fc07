package strongroom.vault.slot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.DurableFile;

/// The slot of the day when the daily one does not open: the root key under a {@link RecoveryCode} alone, so
/// that a cleared TPM, a new main board or a broken keyring loses nothing. No machine has a part in it and
/// nobody counts: the code has 140 random bits, so one HKDF-SHA-256 (RFC 5869) is enough, and whoever has it
/// and this file has the store, on a copy made before a wipe too. `docs/vault-format.md` has the bytes.
/// Immutable.
///
/// Kind, slot, store and time are bound to the wrapped key as associated data; the store's id is compared with
/// the one that the root key gives, so that a slot of another store is told before anything is opened with it.
public final class RecoverySlot {
    /// File name of the slot.
    public static final String FILE = "recovery.slot";

    private static final byte[] MAGIC = "SRSLOTR1".getBytes(StandardCharsets.US_ASCII);
    private static final int WRAPPED_LIMIT = 256;

    private final Id id;
    private final Id store;
    private final Instant made;
    private final byte[] wrapped;

    private RecoverySlot(Id id, Id store, Instant made, byte[] wrapped) {
        this.id = id;
        this.store = store;
        this.made = made;
        this.wrapped = wrapped;
    }

    /// Makes one, which lies nowhere yet.
    ///
    /// @param code borrowed @param root borrowed @param made in whole milliseconds
    public static RecoverySlot wrap(RecoveryCode code, SecretBytes root, Instant made, RandomGenerator random) {
        Id id = Id.random(random);
        Id store = SlotKeys.store(root);
        try (SecretBytes key = SlotKeys.recovery(code.symbols(), id, store)) {
            return new RecoverySlot(id, store, made, Aead.seal(key, random, header(id, store, made), root));
        }
    }

    /// Reads one; checks the form, not the code.
    ///
    /// @throws MalformedException if the file is no such slot
    public static RecoverySlot read(Path file) throws IOException, MalformedException {
        CanonicalReader in = new CanonicalReader(DurableFile.read(file));
        if (!Arrays.equals(in.fixed(MAGIC.length), MAGIC)) {
            throw new MalformedException("not a recovery slot");
        }
        RecoverySlot slot = new RecoverySlot(Id.read(in), Id.read(in), in.instant(), in.bytes(WRAPPED_LIMIT));
        in.end();
        return slot;
    }

    /// Puts it into a file, in the place of the one that is there, atomically and durably.
    public void write(Path file) throws IOException {
        DurableFile.write(file, toByteArray());
    }

    private byte[] toByteArray() {
        return new CanonicalWriter()
                .fixed(header(id, store, made))
                .bytes(wrapped)
                .toByteArray();
    }

    /// Opens it.
    ///
    /// @param code borrowed
    /// @return the root key, closed by the caller
    /// @throws NotAuthenticException if it is another code, or another byte of the slot
    public SecretBytes open(RecoveryCode code) throws NotAuthenticException {
        try (SecretBytes key = SlotKeys.recovery(code.symbols(), id, store)) {
            SecretBytes root = Aead.openSecret(key, header(id, store, made), wrapped);
            if (!SlotKeys.store(root).equals(store)) {
                root.close();
                throw new NotAuthenticException();
            }
            return root;
        }
    }

    private static byte[] header(Id id, Id store, Instant made) {
        CanonicalWriter out = new CanonicalWriter().fixed(MAGIC);
        id.write(out);
        store.write(out);
        return out.instant(made).toByteArray();
    }

    /// Names the slot, and thereby the sheet.
    public Id id() {
        return id;
    }

    /// SHA-256 of its file: that of a slot of which any byte was changed is another one.
    public Digest digest() {
        return Digest.sha256(toByteArray());
    }

    /// When the code was made.
    public Instant made() {
        return made;
    }
}
