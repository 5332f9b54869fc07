package strongroom.vault.slot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.ShareKey;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Argon2Parameters;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.PinHash;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.home.DurableFile;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;
import strongroom.vault.slot.ShareSource.Share;

/// The slot of every day: it opens with the PIN *and* what this machine sealed *and*, by policy, the server's
/// share. The PIN's hash both authorises the machine (which counts) and goes into the key, so that a broken
/// machine alone opens nothing, and neither does the PIN alone.
///
/// `U = HKDF-SHA-256(D ‖ P ‖ S, "strongroom unlock v2" ‖ slot id)`, P by Argon2id (RFC 9106), S by a VOPRF (RFC
/// 9497); U wraps the root key with AES-256-GCM. A machine that counts wrong PINs is asked before the server, so
/// that a typing error costs no try there; where the machine does not count, the server is asked first and S is
/// part of what the machine is shown: who has disk and machine finds nothing there to try PINs against.
public final class PinSlot {
    private static final int DEVICE_SECRET = 32;
    private static final byte[] NOTHING = {};

    private PinSlot() {}

    /// Makes a slot for `root` and proves that it opens before it returns: a slot that was never opened is none.
    ///
    /// @param pin borrowed @param root the key to wrap, borrowed @param sharing null for a slot without the server
    public static SlotFile create(
            Path file,
            ChosenPin pin,
            SecretBytes root,
            KeySealer sealer,
            @Nullable Sharing sharing,
            RandomGenerator random)
            throws SealException, ShareException, IOException {
        return create(Id.random(random), file, pin, root, sealer, sharing, random);
    }

    private static SlotFile create(
            Id id,
            Path file,
            ChosenPin pin,
            SecretBytes root,
            KeySealer sealer,
            @Nullable Sharing sharing,
            RandomGenerator random)
            throws SealException, ShareException, IOException {
        byte[] salt = new byte[PinHash.SALT];
        random.nextBytes(salt);
        Argon2Parameters parameters = Argon2Parameters.DEFAULT;
        try (SecretBytes hash = PinHash.derive(pin.pin(), salt, parameters);
                SecretBytes device = SecretBytes.random(DEVICE_SECRET, random)) {
            if (sharing == null) {
                SlotFile draft = new SlotFile(id, sealer.kind(), parameters, salt, pin.since(), null, NOTHING, NOTHING);
                try (SecretBytes authorisation = SlotKeys.authorisation(hash);
                        SecretBytes unlock = SlotKeys.unlock(device, hash, id)) {
                    return sealed(draft, device, authorisation, unlock, root, sealer, random, file);
                }
            }
            try (SigningKey confirmation = SlotKeys.confirmation(root, id)) {
                ShareKey key = sharing.source().register(id, confirmation.verifyingKey());
                SlotShare shared = new SlotShare(sharing.policy(), key);
                SlotFile draft =
                        new SlotFile(id, sealer.kind(), parameters, salt, pin.since(), shared, NOTHING, NOTHING);
                try (Share share = share(draft, key, hash, sharing.source());
                        SecretBytes authorisation = sealer.kind().countsTries()
                                ? SlotKeys.authorisation(hash)
                                : SlotKeys.authorisation(hash, share.secret());
                        SecretBytes unlock = SlotKeys.unlock(device, hash, share.secret(), id)) {
                    SlotFile slot = sealed(draft, device, authorisation, unlock, root, sealer, random, file);
                    share.opened(confirmation);
                    return slot;
                }
            }
        }
    }

    private static SlotFile sealed(
            SlotFile draft,
            SecretBytes device,
            SecretBytes authorisation,
            SecretBytes unlock,
            SecretBytes root,
            KeySealer sealer,
            RandomGenerator random,
            Path file)
            throws SealException, IOException {
        byte[] sealed = sealer.seal(device, authorisation);
        try {
            byte[] wrapped =
                    Aead.seal(unlock, random, draft.with(sealed, NOTHING).header(), root);
            SlotFile slot = draft.with(sealed, wrapped);
            try (SecretBytes again = sealer.unseal(sealed, authorisation);
                    SecretBytes proof = Aead.openSecret(unlock, slot.header(), wrapped)) {
                if (!again.matches(device) || !proof.matches(root)) {
                    throw new SealException(SealException.Why.FAILED, "The new key slot does not open. Try again.");
                }
            } catch (NotAuthenticException e) {
                throw new IllegalStateException("what was just sealed opens", e);
            }
            slot.write(file);
            return slot;
        } catch (SealException | IOException | RuntimeException e) {
            forgetUnless(isIn(file, draft.id()), sealed, sealer, e);
            throw e;
        }
    }

    /// Where no slot names what was sealed, nobody will ever ask for it.
    private static void forgetUnless(boolean named, byte[] sealed, KeySealer sealer, Exception because) {
        try {
            if (!named) {
                sealer.destroy(sealed);
            }
        } catch (SealException e) {
            because.addSuppressed(e);
        }
    }

    /// Whether a slot is there; also where only that its name is durable could not be had. If in doubt, it is.
    private static boolean isIn(Path file, Id slot) {
        try {
            return Files.exists(file)
                    && readable(file).map(there -> there.id().equals(slot)).orElse(true);
        } catch (IOException e) {
            return true;
        }
    }

    /// Where the sealer of each kind comes from: of what this one seals, and of what another one sealed before.
    @FunctionalInterface
    public interface SealersByKind {
        /// @throws SealException `ABSENT` if this machine does not offer it
        KeySealer of(SealKind kind) throws SealException;
    }

    /// Puts a slot with another PIN, or by another sealer, in the place of one, whether that one still opens or
    /// not. Cut off at any point, either the one before or the new one is there and opens. {@link
    /// #finishReplacing} belongs behind it.
    ///
    /// @param pin the new one, borrowed @param root what both slots wrap, borrowed @param sealer of the new
    ///     slot
    /// @param sealers of the slots before @param sharing null for a slot without the server
    public static void replace(
            Path file,
            ChosenPin pin,
            SecretBytes root,
            KeySealer sealer,
            SealersByKind sealers,
            @Nullable Sharing sharing,
            RandomGenerator random)
            throws SealException, ShareException, IOException {
        finishOrPutAside(file, sealers);
        byte[] before = Files.readAllBytes(file);
        Id next =
                readable(file).map(present -> SlotKeys.next(root, present.id())).orElseGet(() -> Id.random(random));
        DurableFile.write(retired(file), before);
        try {
            create(next, file, pin, root, sealer, sharing, random);
        } catch (IOException e) {
            // It may be in its place already, and only its name not be durable: that is asked for before the slot that
            // was there is made useless.
            if (Arrays.equals(Files.readAllBytes(file), before)) {
                throw e;
            }
        }
    }

    /// What cannot be destroyed now, because its part is away, must neither be forgotten nor keep a person from
    /// another PIN.
    private static void finishOrPutAside(Path file, SealersByKind sealers) throws IOException {
        try {
            finishReplacing(file, sealers);
        } catch (SealException expected) {
            // The next unlock tries again.
        }
        Path retired = retired(file);
        Optional<SlotFile> kept = readableIfThere(retired);
        if (kept.isPresent()) {
            Path aside =
                    file.resolveSibling(SlotFile.RETIRED_BEFORE + kept.get().id() + SlotFile.SUFFIX);
            Files.move(retired, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFile.forceFolder(folder(file));
        }
    }

    /// Destroys what is sealed for slots that were replaced: with an earlier copy of the folder their PINs open
    /// nothing any more, where the machine keeps a part of the secret. Does nothing if there are none.
    ///
    /// @throws SealException if the machine cannot destroy it now; another call tries again
    public static void finishReplacing(Path file, SealersByKind sealers) throws SealException, IOException {
        Optional<SlotFile> now = readableIfThere(file);
        if (now.isEmpty()) {
            // Then one of these may be the last that opens.
            return;
        }
        @Nullable SealException later = null;
        for (Path retired : retiredIn(folder(file))) {
            try {
                Optional<SlotFile> before = readable(retired);
                // The same slot is in both places if the replacing was cut off before there was a new one.
                if (before.isPresent() && !before.get().id().equals(now.get().id())) {
                    destroy(before.get(), sealers);
                }
                Files.delete(retired);
            } catch (SealException e) {
                later = e;
            }
        }
        if (later != null) {
            throw later;
        }
    }

    private static void destroy(SlotFile slot, SealersByKind sealers) throws SealException {
        try {
            sealers.of(slot.kind()).destroy(slot.sealed());
        } catch (SealException e) {
            // The part does not know it any more (it was cleared, it is another one), so here nothing opens it.
            if (e.why() != SealException.Why.FOREIGN && e.why() != SealException.Why.DAMAGED) {
                throw e;
            }
        }
    }

    private static List<Path> retiredIn(Path folder) throws IOException {
        try (DirectoryStream<Path> slots =
                Files.newDirectoryStream(folder, SlotFile.RETIRED_BEFORE + "*" + SlotFile.SUFFIX)) {
            List<Path> retired = new ArrayList<>();
            slots.forEach(retired::add);
            Path last = folder.resolve(SlotFile.RETIRED);
            if (Files.exists(last)) {
                retired.add(last);
            }
            return retired;
        }
    }

    private static Optional<SlotFile> readableIfThere(Path file) throws IOException {
        return Files.exists(file) ? readable(file) : Optional.empty();
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().resolveSibling(".").normalize();
    }

    private static Optional<SlotFile> readable(Path file) throws IOException {
        try {
            return Optional.of(SlotFile.read(file));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Path retired(Path file) {
        return file.resolveSibling(SlotFile.RETIRED);
    }

    /// Opens a slot.
    ///
    /// @param pin borrowed @param shares asked if the slot wants a share
    /// @return the root key, closed by the caller
    /// @throws SealException `WRONG_AUTHORISATION` for a wrong PIN; `DAMAGED` if the machine agreed and the slot's
    ///     bytes do not
    /// @throws ShareException if the share is wanted and was not had
    public static SecretBytes open(SlotFile slot, SecretBytes pin, KeySealer sealer, ShareSource shares)
            throws SealException, ShareException {
        if (sealer.kind() != slot.kind()) {
            throw new IllegalArgumentException("another sealer made this slot");
        }
        try (SecretBytes hash = PinHash.derive(pin, slot.salt(), slot.pinHash())) {
            SlotShare shared = slot.share();
            if (shared == null) {
                return openAlone(slot, hash, sealer);
            }
            return slot.kind().countsTries()
                    ? openMachineFirst(slot, shared.key(), hash, sealer, shares)
                    : openServerFirst(slot, shared.key(), hash, sealer, shares);
        } catch (NotAuthenticException e) {
            throw new SealException(
                    SealException.Why.DAMAGED,
                    "The key slot on this disk is damaged. Restore it, or enrol this device again.",
                    e);
        }
    }

    private static SecretBytes openAlone(SlotFile slot, SecretBytes hash, KeySealer sealer)
            throws SealException, NotAuthenticException {
        try (SecretBytes authorisation = SlotKeys.authorisation(hash);
                SecretBytes device = sealer.unseal(slot.sealed(), authorisation);
                SecretBytes unlock = SlotKeys.unlock(device, hash, slot.id())) {
            return Aead.openSecret(unlock, slot.header(), slot.wrapped());
        }
    }

    private static SecretBytes openMachineFirst(
            SlotFile slot, ShareKey key, SecretBytes hash, KeySealer sealer, ShareSource shares)
            throws SealException, ShareException, NotAuthenticException {
        try (SecretBytes authorisation = SlotKeys.authorisation(hash);
                SecretBytes device = sealer.unseal(slot.sealed(), authorisation);
                Share share = share(slot, key, hash, shares)) {
            return opened(slot, device, hash, share);
        }
    }

    private static SecretBytes openServerFirst(
            SlotFile slot, ShareKey key, SecretBytes hash, KeySealer sealer, ShareSource shares)
            throws SealException, ShareException, NotAuthenticException {
        try (Share share = share(slot, key, hash, shares);
                SecretBytes authorisation = SlotKeys.authorisation(hash, share.secret());
                SecretBytes device = sealer.unseal(slot.sealed(), authorisation)) {
            return opened(slot, device, hash, share);
        }
    }

    private static SecretBytes opened(SlotFile slot, SecretBytes device, SecretBytes hash, Share share)
            throws NotAuthenticException {
        try (SecretBytes unlock = SlotKeys.unlock(device, hash, share.secret(), slot.id())) {
            SecretBytes root = Aead.openSecret(unlock, slot.header(), slot.wrapped());
            try (SigningKey confirmation = SlotKeys.confirmation(root, slot.id())) {
                share.opened(confirmation);
                return root;
            } catch (RuntimeException e) {
                root.close();
                throw e;
            }
        }
    }

    private static Share share(SlotFile slot, ShareKey key, SecretBytes hash, ShareSource shares)
            throws ShareException {
        try (SecretBytes input = SlotKeys.shareInput(hash, slot.id());
                SecretBytes lease = SlotKeys.leaseAuthorisation(hash, slot.id())) {
            return shares.share(slot.id(), key, input, lease);
        }
    }
}
