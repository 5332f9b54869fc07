package strongroom.vault.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.PcrSelection;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;
import strongroom.vault.slot.ChosenPin;
import strongroom.vault.slot.PinSlot;
import strongroom.vault.slot.ShareException;
import strongroom.vault.slot.Sharing;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.slot.SlotShare;

/// The slot that the PIN opens every day: made, opened, replaced by another one for a new PIN or as the policy of the
/// organisation wants it.
final class DailySlot {
    private static final Logger LOG = LoggerFactory.getLogger(DailySlot.class);

    private final Path file;
    private final Path wipeJournal;
    private final ServerShares shares;
    private final SealerSource sealers;
    private final TrustedTime time;
    private final SecureRandom random;

    /// @param time since when a new PIN is
    DailySlot(Home home, ServerShares shares, SealerSource sealers, TrustedTime time, SecureRandom random) {
        this.file = home.slots().resolve(SlotFile.DAILY);
        this.wipeJournal = home.wipeJournal();
        this.shares = shares;
        this.sealers = sealers;
        this.time = time;
        this.random = random;
    }

    boolean exists() {
        return Files.exists(file);
    }

    SlotFile read() throws ClientException {
        try {
            return SlotFile.read(file);
        } catch (NoSuchFileException e) {
            throw new ClientException(Problem.SEAL_LOST, "The key slot of this device is gone.", e);
        } catch (IOException e) {
            throw Sentences.io("read the key slot", e);
        } catch (MalformedException e) {
            throw new ClientException(Problem.STORE_DAMAGED, "The key slot of this device is damaged.", e);
        }
    }

    /// Makes the first one, which opens without the server: it does not know this device yet.
    ///
    /// @param pin borrowed @param root borrowed
    void make(SecretBytes pin, SecretBytes root, KeySealer sealer) throws ClientException {
        try {
            Files.createDirectories(file.getParent());
            PinSlot.create(file, new ChosenPin(pin, time.now(null)), root, sealer, null, random);
        } catch (ShareException e) {
            throw new IllegalStateException("no share was asked for", e);
        } catch (SealException e) {
            throw Sentences.of(e, sealer.kind());
        } catch (IOException e) {
            throw Sentences.io("write the key slot", e);
        }
    }

    /// @param pin borrowed @return the root key, closed by the caller
    SecretBytes open(SlotFile slot, SecretBytes pin, KeySealer sealer) throws SealException, ShareException {
        SecretBytes root = PinSlot.open(slot, pin, sealer, shares.of(sealer));
        finishReplacing();
        return root;
    }

    /// Puts a slot for another PIN in the place of the present one.
    ///
    /// @param pin borrowed @param root borrowed
    void replace(SecretBytes pin, SecretBytes root, KeySealer sealer) throws ClientException {
        SlotFile present = read();
        try {
            replace(chosenNow(pin, present), root, sealer, shares.wanted(present.share()));
        } catch (ShareException e) {
            throw new ClientException(Sentences.problem(e), Sentences.sentence(e) + " The PIN is as it was.", e);
        } catch (SealException e) {
            throw Sentences.of(e, sealer.kind());
        } catch (IOException e) {
            throw Sentences.io("write the key slot, so the PIN is as it was", e);
        }
    }

    /// Puts a slot in the place of one that does not open any more, or is gone.
    ///
    /// @param pin borrowed @param root borrowed
    void renew(SecretBytes pin, SecretBytes root, KeySealer sealer) throws ClientException {
        try {
            if (exists()) {
                // What lies there may be damaged: it is not asked for a time.
                replace(new ChosenPin(pin, time.now(null)), root, sealer, null);
            } else {
                make(pin, root, sealer);
                refuseIfWiped(sealer);
            }
        } catch (ShareException e) {
            throw new IllegalStateException("no share was asked for", e);
        } catch (SealException e) {
            throw Sentences.of(e, sealer.kind());
        } catch (IOException e) {
            throw Sentences.io("write the key slot", e);
        }
    }

    /// Binds the slot to what some registers have in them now, and to no others.
    ///
    /// @param pin which opens it, borrowed @param root borrowed
    /// @param registers none for a slot that opens however the machine is started
    void bind(SecretBytes pin, SecretBytes root, KeySealer sealer, PcrSelection registers) throws ClientException {
        SlotFile present = read();
        try {
            ChosenPin chosen = new ChosenPin(pin, present.since());
            replaceBy(chosen, root, bound(sealer, registers), shares.wanted(present.share()));
        } catch (ShareException e) {
            throw new ClientException(Sentences.problem(e), Sentences.sentence(e) + " Nothing was changed.", e);
        } catch (SealException e) {
            throw Sentences.of(e, sealer.kind());
        } catch (IOException e) {
            throw Sentences.io("write the key slot, so nothing was changed", e);
        }
    }

    /// @throws ClientException `TPM_MISSING` if nothing in the machine measures how it is started
    static KeySealer bound(KeySealer sealer, PcrSelection registers) throws ClientException {
        return sealer.boundTo(registers)
                .orElseThrow(() -> new ClientException(
                        Problem.TPM_MISSING,
                        "This device is not sealed by a TPM that Strongroom can bind to how the machine is started."));
    }

    /// Whether the server takes part in opening this device, by what the slot says or by what the policy wants.
    boolean wantsServer() {
        return shares.wanted(null) != null || isShared();
    }

    private boolean isShared() {
        try {
            return SlotFile.read(file).share() != null;
        } catch (IOException | MalformedException expected) {
            // Gone or damaged: the policy alone says.
            return false;
        }
    }

    /// Seals by a stronger part of the machine, if there is one now that there was not before. What cannot be
    /// had now is tried again at the next unlock.
    ///
    /// @param pin which opened the slot, borrowed @param root borrowed
    void strengthen(SlotFile slot, SecretBytes pin, SecretBytes root) throws ClientException {
        Optional<KeySealer> stronger = sealers.strongerThan(slot.kind());
        if (stronger.isEmpty()) {
            return;
        }
        SealKind kind = stronger.get().kind();
        try {
            replace(new ChosenPin(pin, slot.since()), root, stronger.get(), shares.wanted(slot.share()));
            LOG.info("the slot is sealed by {} instead of {}", kind, slot.kind());
        } catch (ShareException e) {
            LOG.info("the slot is sealed by {} later: {}", kind, e.why());
        } catch (SealException e) {
            LOG.warn("the slot is sealed by {} later: {}", kind, e.why());
        } catch (IOException e) {
            LOG.warn("the slot is sealed by {} later: the disk refused", kind);
        }
    }

    /// Whether the server takes part as the policy wants it.
    boolean follows() throws ClientException {
        return follows(read().share());
    }

    private boolean follows(@Nullable SlotShare present) {
        return (shares.wanted(present) == null) == (present == null);
    }

    /// Has the server take part, or not any more, as the policy wants it. What cannot be had now is tried again at the
    /// next unlock.
    ///
    /// @param pin which opened the slot, borrowed @param root borrowed
    void follow(SlotFile slot, SecretBytes pin, SecretBytes root, KeySealer sealer) throws ClientException {
        SlotShare present = slot.share();
        if (follows(present)) {
            return;
        }
        Long policy = shares.wanted(present);
        try {
            replace(new ChosenPin(pin, slot.since()), root, sealer, policy);
            LOG.info("the slot follows the policy: {}", policy == null ? "without the server" : "with the server");
        } catch (ShareException e) {
            LOG.info("the slot follows the policy later: {}", e.why());
        } catch (SealException e) {
            LOG.warn("the slot follows the policy later: {}", e.why());
        } catch (IOException e) {
            LOG.warn("the slot follows the policy later: the disk refused");
        }
    }

    private ChosenPin chosenNow(SecretBytes pin, SlotFile present) {
        return new ChosenPin(pin, time.now(present));
    }

    /// The next slot is bound to the same registers as the one before, and to what they have in them now.
    private void replace(ChosenPin pin, SecretBytes root, KeySealer sealer, @Nullable Long policy)
            throws SealException, ShareException, IOException, ClientException {
        replaceBy(pin, root, sealer.boundTo(binding(sealer)).orElse(sealer), policy);
    }

    private PcrSelection binding(KeySealer sealer) throws IOException {
        try {
            SlotFile present = SlotFile.read(file);
            return present.kind() == sealer.kind() ? sealer.binding(present.sealed()) : PcrSelection.NONE;
        } catch (MalformedException expected) {
            // What stands in its place now is not bound, and the status says so.
            return PcrSelection.NONE;
        }
    }

    private void replaceBy(ChosenPin pin, SecretBytes root, KeySealer sealer, @Nullable Long policy)
            throws SealException, ShareException, IOException, ClientException {
        Sharing sharing = policy == null ? null : new Sharing(shares.of(sealer), policy);
        PinSlot.replace(file, pin, root, sealer, sealers::of, sharing, random);
        refuseIfWiped(sealer);
        finishReplacing();
    }

    private void refuseIfWiped(KeySealer sealer) throws SealException, ClientException {
        if (Files.exists(wipeJournal)) {
            // Whoever destroys the keys may have looked at the slots before this one was there.
            sealer.destroy(read().sealed());
            throw new ClientException(
                    Problem.WIPED, "This device was wiped, by an order or a rule of your organisation.");
        }
    }

    /// What a replacement left behind. If that cannot be done now, the next unlock tries again.
    private void finishReplacing() {
        try {
            PinSlot.finishReplacing(file, sealers::of);
        } catch (SealException e) {
            LOG.warn("what was sealed for the slot before is not destroyed yet: {}", e.why());
        } catch (IOException e) {
            LOG.warn("what was sealed for the slot before is not destroyed yet: the disk refused");
        }
    }
}
