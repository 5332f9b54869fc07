package strongroom.vault.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;
import strongroom.vault.slot.PinSlot;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.slot.TryCounter;

/// From a PIN to the root key, or to what stands in between.
final class Unlock {
    /// What came of a PIN.
    sealed interface Outcome {
        /// @param root closed by the caller
        record Root(SecretBytes root, Assurance assurance) implements Outcome {}

        /// @param result for the user
        record Refused(UnlockResult result) implements Outcome {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Unlock.class);

    private final Path slot;
    private final Path wipeJournal;
    private final SealerSource sealers;
    private final TryCounter counter;
    private final SecureRandom random;

    Unlock(Home home, SealerSource sealers, Clock clock, SecureRandom random) {
        this.slot = home.slots().resolve(SlotFile.DAILY);
        this.wipeJournal = home.wipeJournal();
        this.sealers = sealers;
        this.counter = new TryCounter(home.slots().resolve("daily.tries"), clock);
        this.random = random;
    }

    boolean hasSlot() {
        return Files.exists(slot);
    }

    static Assurance assurance(SealKind kind) {
        return switch (kind) {
            case TPM -> Assurance.HARDWARE;
            case KEYSTORE -> Assurance.KEYSTORE;
            case PASSPHRASE -> Assurance.PASSPHRASE;
        };
    }

    /// Makes the slot. @param pin borrowed @param root borrowed
    void makeSlot(SecretBytes pin, SecretBytes root, KeySealer sealer) throws ClientException {
        try {
            Files.createDirectories(slot.getParent());
            PinSlot.create(slot, pin, root, sealer, random);
        } catch (SealException e) {
            throw Sentences.of(e, sealer.kind());
        } catch (IOException e) {
            throw Sentences.io("write the key slot", e);
        }
    }

    /// @param pin borrowed
    synchronized Outcome open(SecretBytes pin) throws ClientException {
        SlotFile file = read();
        KeySealer sealer;
        try {
            sealer = sealers.of(file.kind());
        } catch (SealException e) {
            throw Sentences.of(e, file.kind());
        }
        try {
            int left = sealer.triesLeft();
            return left < 0 ? countedHere(file, pin, sealer) : countedThere(file, pin, sealer);
        } catch (SealException e) {
            return refused(e, sealer, -1);
        } catch (IOException e) {
            throw Sentences.io("count this try, so it was not made", e);
        }
    }

    /// Puts another PIN in the place of the present one.
    ///
    /// @param present counted as any try, borrowed @param fresh borrowed
    /// @return what stands against it; empty if it is changed
    synchronized Optional<UnlockResult> change(SecretBytes present, SecretBytes fresh) throws ClientException {
        return switch (open(present)) {
            case Outcome.Refused(UnlockResult result) -> Optional.of(result);
            case Outcome.Root(SecretBytes root, Assurance _) -> {
                try (root) {
                    uninterrupted(() -> replace(fresh, root));
                }
                yield Optional.empty();
            }
        };
    }

    /// Waits until nobody has the root key here any more: no change of the PIN, no try.
    synchronized void awaitEnd() {
        // Who has it holds the monitor.
    }

    /// What is begun is done: a lock interrupts who waits for it, not the work.
    private static void uninterrupted(Step step) throws ClientException {
        var work = new FutureTask<@Nullable ClientException>(() -> {
            try {
                step.run();
                return null;
            } catch (ClientException e) {
                return e;
            }
        });
        Thread.ofVirtual().name("change of the PIN").start(work);
        boolean interrupted = false;
        while (!work.isDone()) {
            try {
                work.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        @Nullable ClientException refused = work.resultNow();
        if (refused != null) {
            throw refused;
        }
    }

    /// Something that is not to be cut off halfway.
    @FunctionalInterface
    private interface Step {
        void run() throws ClientException;
    }

    private void replace(SecretBytes fresh, SecretBytes root) throws ClientException {
        SealKind kind = read().kind();
        try {
            KeySealer sealer = sealers.of(kind);
            PinSlot.replace(slot, fresh, root, sealer, random);
            if (Files.exists(wipeJournal)) {
                // Whoever destroys the keys may have looked at the slots before this one was there.
                sealer.destroy(read().sealed());
                throw new ClientException(Problem.WIPED, "This device was wiped by an order of your organisation.");
            }
            finishChange(sealer);
        } catch (SealException e) {
            throw Sentences.of(e, kind);
        } catch (IOException e) {
            throw Sentences.io("write the key slot, so the PIN is as it was", e);
        }
    }

    /// What a change of the PIN left behind. If that cannot be done now, the next unlock tries again.
    private void finishChange(KeySealer sealer) {
        try {
            PinSlot.finishReplacing(slot, sealer);
        } catch (SealException e) {
            LOG.warn("what was sealed for the PIN before is not destroyed yet: {}", e.why());
        } catch (IOException e) {
            LOG.warn("what was sealed for the PIN before is not destroyed yet: the disk refused");
        }
    }

    private Outcome countedThere(SlotFile file, SecretBytes pin, KeySealer sealer) throws SealException {
        try {
            return opened(file, pin, sealer);
        } catch (SealException e) {
            return refused(e, sealer, e.why() == SealException.Why.WRONG_AUTHORISATION ? sealer.triesLeft() : -1);
        }
    }

    private Outcome countedHere(SlotFile file, SecretBytes pin, KeySealer sealer) throws SealException, IOException {
        Duration pause = counter.pause();
        if (!pause.isZero()) {
            return new Outcome.Refused(new UnlockResult.Paused(pause));
        }
        sealer.check();
        int left = counter.begin();
        try {
            Outcome outcome = opened(file, pin, sealer);
            counter.succeeded();
            return outcome;
        } catch (SealException e) {
            return refused(e, sealer, left);
        }
    }

    private Outcome opened(SlotFile file, SecretBytes pin, KeySealer sealer) throws SealException {
        SecretBytes root = PinSlot.open(file, pin, sealer);
        finishChange(sealer);
        return new Outcome.Root(root, assurance(file.kind()));
    }

    private static Outcome refused(SealException e, KeySealer sealer, int left) {
        return new Outcome.Refused(
                switch (e.why()) {
                    case WRONG_AUTHORISATION -> new UnlockResult.WrongPin(left);
                    case PAUSED -> new UnlockResult.Paused(e.pause());
                    case ABSENT,
                            NOT_PERMITTED,
                            LOCKED,
                            FOREIGN,
                            DAMAGED,
                            INTERPOSED,
                            LEASE_OVER,
                            LEASE_INVALID,
                            FAILED ->
                        new UnlockResult.Refused(Sentences.problem(e, sealer.kind()), Sentences.sentence(e));
                });
    }

    /// Wrong PINs left, without using one up; -1 if that cannot be said now.
    int triesLeft() {
        try {
            SlotFile file = read();
            int left = sealers.of(file.kind()).triesLeft();
            return left < 0 ? counter.left() : left;
        } catch (ClientException | SealException | IOException expected) {
            return -1;
        }
    }

    Assurance assurance() throws ClientException {
        return assurance(read().kind());
    }

    private SlotFile read() throws ClientException {
        try {
            return SlotFile.read(slot);
        } catch (IOException e) {
            throw Sentences.io("read the key slot", e);
        } catch (MalformedException e) {
            throw new ClientException(
                    Problem.STORE_DAMAGED, "The key slot is damaged. Restore it, or enrol this device again.", e);
        }
    }
}
