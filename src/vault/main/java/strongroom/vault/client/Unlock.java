package strongroom.vault.client;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.PcrSelection;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;
import strongroom.vault.slot.RecoveryCode;
import strongroom.vault.slot.ShareException;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.slot.TryCounter;

/// From a PIN to the root key, or to what stands in between.
final class Unlock {
    /// What came of a PIN.
    sealed interface Outcome {
        /// @param root closed by the caller @param slot which it came out of, before it was replaced
        /// @param code the recovery slot that a code opened; null if a PIN opened the slot of every day
        record Root(
                SecretBytes root, SlotFile slot, @Nullable Digest code) implements Outcome {}

        /// @param result for the user
        record Refused(UnlockResult result) implements Outcome {}
    }

    private final DailySlot slot;
    private final PrintedSlot printed;
    private final SealerSource sealers;
    private final TryCounter counter;
    private final WrongPinRule rule;

    Unlock(Home home, DailySlot slot, PrintedSlot printed, SealerSource sealers, WrongPinRule rule, Clock clock) {
        this.slot = slot;
        this.printed = printed;
        this.sealers = sealers;
        this.rule = rule;
        this.counter = new TryCounter(home.slots().resolve("daily.tries"), clock);
    }

    static Assurance assurance(SealKind kind) {
        return switch (kind) {
            case TPM -> Assurance.HARDWARE;
            // No copy of the disk opens elsewhere, but nobody counts wrong PINs.
            case KEYSTORE, SECURE_ENCLAVE -> Assurance.KEYSTORE;
            case PASSPHRASE -> Assurance.PASSPHRASE;
        };
    }

    /// @param pin borrowed
    synchronized Outcome open(SecretBytes pin) throws ClientException {
        return rule.count(() -> tried(pin));
    }

    private Outcome tried(SecretBytes pin) throws ClientException {
        SlotFile file;
        KeySealer sealer;
        try {
            file = slot.read();
            sealer = sealer(file.kind());
        } catch (ClientException e) {
            return refused(e);
        }
        try {
            int left = sealer.triesLeft();
            return left < 0 ? countedHere(file, pin, sealer) : countedThere(file, pin, sealer);
        } catch (SealException e) {
            return refused(e, sealer, -1);
        } catch (ShareException e) {
            return refused(e);
        } catch (IOException e) {
            throw Sentences.io("count this try, so it was not made", e);
        }
    }

    /// Puts another PIN in the place of the present one.
    ///
    /// @param present counted as any try, borrowed @param fresh borrowed
    /// @return the root key if it is changed; otherwise what stands against it
    synchronized Outcome change(SecretBytes present, SecretBytes fresh) throws ClientException {
        return switch (open(present)) {
            case Outcome.Refused refused -> refused;
            case Outcome.Root open -> {
                try {
                    Uninterrupted.run(
                            "change of the PIN",
                            () -> slot.replace(
                                    fresh, open.root(), sealer(slot.read().kind())));
                } catch (ClientException | RuntimeException e) {
                    open.root().close();
                    throw e;
                }
                yield open;
            }
        };
    }

    /// Binds the slot to how the machine is started, or not any more.
    ///
    /// @param pin counted as any try, borrowed @param registers which ones, as they are now
    /// @return the root key if it is done; otherwise what stands against it
    /// @throws ClientException `NO_RECOVERY` if nothing else would open on the day when they are not so
    synchronized Outcome bind(SecretBytes pin, PcrSelection registers) throws ClientException {
        DailySlot.bound(sealer(slot.read().kind()), registers);
        if (!registers.isEmpty() && printed.state() instanceof RecoveryState.None) {
            throw new ClientException(
                    Problem.NO_RECOVERY,
                    "There is no second way in, and the next update of this machine's firmware would end the vault:"
                            + " make a recovery code first.");
        }
        return switch (open(pin)) {
            case Outcome.Refused refused -> refused;
            case Outcome.Root open -> {
                try {
                    // Opening may have sealed it by another part.
                    Uninterrupted.run(
                            "binding",
                            () -> slot.bind(pin, open.root(), sealer(slot.read().kind()), registers));
                } catch (ClientException | RuntimeException e) {
                    open.root().close();
                    throw e;
                }
                yield open;
            }
        };
    }

    /// Has the slot follow the policy of unlocking, if it does not yet. @param pin borrowed
    void follow(SecretBytes pin) throws ClientException {
        if (!slot.follows() && open(pin) instanceof Outcome.Root(SecretBytes root, var _, var _)) {
            root.close();
        }
    }

    /// A recovery code for the open vault.
    ///
    /// @param pin counted as any try, borrowed @param shown told of its slot once the code was typed back
    synchronized SheetDraft draft(SecretBytes pin, Consumer<Digest> shown) throws ClientException {
        return switch (open(pin)) {
            case Outcome.Refused(UnlockResult result) -> new SheetDraft.NotMade(result);
            case Outcome.Root(SecretBytes root, var _, var _) -> {
                try (root) {
                    yield new SheetDraft.Made(printed.draft(root, shown));
                }
            }
        };
    }

    /// What came of asking for a recovery code.
    sealed interface SheetDraft {
        /// @param sheet closed by the caller
        record Made(PrintedSheet sheet) implements SheetDraft {}

        /// @param why what the PIN met
        record NotMade(UnlockResult why) implements SheetDraft {}
    }

    /// Whether a root key is that of the store: asked before a slot is made for it, in the place of one that
    /// may open.
    @FunctionalInterface
    interface Proof {
        /// @param root borrowed
        void of(SecretBytes root) throws ClientException;
    }

    /// Opens with a recovery code and seals a slot for a new PIN, whatever became of the one before.
    ///
    /// @param code borrowed @param pin borrowed @param sealer of the new slot
    synchronized Outcome recover(RecoveryCode code, SecretBytes pin, KeySealer sealer, Proof proof)
            throws ClientException {
        Optional<PrintedSlot.Opened> opened = printed.open(code);
        if (opened.isEmpty()) {
            return new Outcome.Refused(new UnlockResult.Refused(Problem.CODE_WRONG, printed.anotherCode()));
        }
        SecretBytes root = opened.get().root();
        try {
            proof.of(root);
            Uninterrupted.run("change of the PIN", () -> slot.renew(pin, root, sealer));
            counter.succeeded();
            rule.forget();
            return new Outcome.Root(root, slot.read(), opened.get().slot());
        } catch (IOException e) {
            root.close();
            throw Sentences.io("forget the wrong entries before; the new PIN opens", e);
        } catch (ClientException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /// The sealer that a new slot gets: the strongest that works now.
    KeySealer strongest() throws ClientException {
        try {
            return sealers.strongest();
        } catch (SealException e) {
            throw Sentences.of(e, e.why() == SealException.Why.LOCKED ? SealKind.KEYSTORE : SealKind.TPM);
        }
    }

    private KeySealer sealer(SealKind kind) throws ClientException {
        try {
            return sealers.of(kind);
        } catch (SealException e) {
            throw Sentences.of(e, kind);
        }
    }

    /// A new slot: wrong PINs of one before are none of it.
    synchronized void forgetWrongPins() throws ClientException {
        try {
            rule.forget();
        } catch (IOException e) {
            throw Sentences.io("forget the wrong PINs before", e);
        }
    }

    /// Waits until nobody has the root key here any more: no change of the PIN, no try.
    synchronized void awaitEnd() {
        // Who has it holds the monitor.
    }

    private Outcome countedThere(SlotFile file, SecretBytes pin, KeySealer sealer)
            throws SealException, ShareException, ClientException {
        try {
            return opened(file, pin, sealer);
        } catch (SealException e) {
            return refused(e, sealer, e.why() == SealException.Why.WRONG_AUTHORISATION ? leftThere(sealer) : -1);
        }
    }

    /// The PIN was wrong, and stays so if the machine does not answer a second time.
    private static int leftThere(KeySealer sealer) {
        try {
            return sealer.triesLeft();
        } catch (SealException expected) {
            return -1;
        }
    }

    private Outcome countedHere(SlotFile file, SecretBytes pin, KeySealer sealer)
            throws SealException, ShareException, IOException, ClientException {
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
        } catch (ShareException e) {
            counter.notMade();
            throw e;
        }
    }

    private Outcome opened(SlotFile file, SecretBytes pin, KeySealer sealer)
            throws SealException, ShareException, ClientException {
        SecretBytes root = slot.open(file, pin, sealer);
        try {
            afterwards(file, pin, root, sealer);
            return new Outcome.Root(root, file, null);
        } catch (ClientException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /// What a good unlock is the occasion for: a slot as the policy and the machine want it now.
    private void afterwards(SlotFile file, SecretBytes pin, SecretBytes root, KeySealer sealer) throws ClientException {
        if (slot.follows()) {
            slot.strengthen(file, pin, root);
        } else {
            slot.follow(file, pin, root, sealer);
        }
        if (slot.read().share() != null) {
            printed.remove();
        }
    }

    private static Outcome refused(ShareException e) {
        return new Outcome.Refused(
                e.why() == ShareException.Why.PAUSED
                        ? new UnlockResult.Paused(e.pause())
                        : new UnlockResult.Refused(Sentences.problem(e), Sentences.sentence(e)));
    }

    /// The slot itself, or its part of the machine, is not there.
    private Outcome refused(ClientException e) {
        return new Outcome.Refused(new UnlockResult.Refused(e.problem(), Sentences.sentence(e) + wayOut(e.problem())));
    }

    private Outcome refused(SealException e, KeySealer sealer, int left) {
        Problem problem = Sentences.problem(e, sealer.kind());
        return new Outcome.Refused(
                switch (e.why()) {
                    case WRONG_AUTHORISATION -> new UnlockResult.WrongPin(left);
                    case PAUSED -> new UnlockResult.Paused(e.pause());
                    case ABSENT,
                            NOT_PERMITTED,
                            ELSEWHERE,
                            LOCKED,
                            FOREIGN,
                            OTHER_START,
                            DAMAGED,
                            INTERPOSED,
                            LEASE_OVER,
                            LEASE_INVALID,
                            FAILED -> new UnlockResult.Refused(problem, Sentences.sentence(e) + wayOut(problem));
                });
    }

    /// What to do where the machine does not open any more; empty where something else helps.
    private String wayOut(Problem problem) {
        return switch (problem) {
            case SEAL_LOST, STORE_DAMAGED -> " " + byWhom("");
            case TPM_MISSING, KEYSTORE_MISSING -> " " + byWhom("If it does not come back: ");
            default -> "";
        };
    }

    private String byWhom(String when) {
        String ask = "ask your administrators for recovery";
        String sentence = printed.state() instanceof RecoveryState.Sheet sheet
                ? "nothing is lost; type the recovery code of sheet " + sheet.number() + ", or " + ask + "."
                : ask + ", which brings back what was synchronised.";
        return when.isEmpty() ? Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) : when + sentence;
    }

    /// Wrong PINs that are left.
    ///
    /// @param left -1 if that cannot be said now @param thenDestroyed instead of a pause
    record Tries(int left, boolean thenDestroyed) {}

    /// How it stands, without using one up.
    Tries triesLeft() {
        try {
            int untilDestroyed = rule.left();
            if (untilDestroyed >= 0) {
                return new Tries(untilDestroyed, true);
            }
            SlotFile file = slot.read();
            int left = sealers.of(file.kind()).triesLeft();
            return new Tries(left < 0 ? counter.left() : left, false);
        } catch (ClientException | SealException | IOException expected) {
            return new Tries(-1, false);
        }
    }

    Assurance assurance() throws ClientException {
        return assurance(slot.read().kind());
    }
}
