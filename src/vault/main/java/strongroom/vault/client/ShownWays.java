package strongroom.vault.client;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Digest;
import strongroom.protocol.posture.SecondWay;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.slot.RecoveryCode;
import strongroom.vault.slot.WaysFile;
import strongroom.vault.store.KeptWays;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// Which ways into the open store were shown to open: written into the store, where only its key moves a date, and in
/// clear beside it for those who tell it without opening the store. What cannot be written now is asked for again.
/// Safe for several threads.
final class ShownWays {
    private static final Logger LOG = LoggerFactory.getLogger(ShownWays.class);
    /// What happens at each unlock is worth a write once a day.
    private static final Duration DAY = Duration.ofDays(1);

    private final VaultStore store;
    private final PrintedSlot printed;
    private final WaysFile file;
    private final Watched<EnrolmentState> told;
    private final Clock clock;
    // Held for no longer than telling takes: a lock waits for no disk, and for no pipe that lies in a file's place.
    private final Object telling = new Object();
    private boolean locked;

    /// What becomes of what is kept.
    @FunctionalInterface
    private interface Change {
        KeptWays of(KeptWays kept, Instant now);
    }

    /// @param store borrowed, and open as long as this is asked for anything @param told gets what comes of it
    ShownWays(VaultStore store, PrintedSlot printed, WaysFile file, Watched<EnrolmentState> told, Clock clock) {
        this.store = store;
        this.printed = printed;
        this.file = file;
        this.told = told;
        this.clock = clock;
    }

    /// Looks how it stands.
    void look() {
        keepIfPossible((kept, _) -> kept);
    }

    /// A PIN opened the store.
    void byPin() {
        keepIfPossible((kept, _) -> kept.openedByPin());
    }

    /// A code opened this recovery slot.
    void byCode(Digest slot) {
        keepIfPossible((kept, now) -> shown(kept, slot, now));
    }

    /// The person's keys are left for administrators, sealed to this recovery key. Nothing where they are not the
    /// second way.
    void left(Digest recoveryKey) {
        keepIfPossible((kept, now) -> {
            KeptWays.Second before = kept.second();
            boolean known = before != null
                    && before.what().equals(recoveryKey)
                    && !now.isBefore(before.at())
                    && !now.isAfter(before.at().plus(DAY));
            return known || !areAdministrators()
                    ? kept
                    : kept.with(new KeptWays.Second(SecondWay.ADMINISTRATORS, recoveryKey, now));
        });
    }

    /// There is nobody to leave the keys to any more: what was left before is no second way.
    void nobody() {
        keepIfPossible((kept, _) -> areAdministrators() ? kept.with(null) : kept);
    }

    /// Shows that a code opens the slot on the disk, and that this is the slot of this store.
    ///
    /// @param typed zeroed
    /// @throws ClientException as {@link VaultClient#proveRecoveryCode}
    void prove(char[] typed) throws ClientException {
        try (RecoveryCode code = RecoveryCodes.read(typed)) {
            Optional<PrintedSlot.Opened> opened = printed.open(code);
            if (opened.isEmpty()) {
                throw new ClientException(Problem.CODE_WRONG, doesNotOpen());
            }
            try (SecretBytes root = opened.get().root()) {
                requireKey(root);
            }
            keep((kept, now) -> shown(kept, opened.get().slot(), now));
        } catch (StoreException e) {
            throw Sentences.of(e);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    private void requireKey(SecretBytes root) throws StoreException, ClientException {
        try {
            store.requireKey(root);
        } catch (StoreException e) {
            if (e.why() != StoreException.Why.DAMAGED) {
                throw e;
            }
            throw new ClientException(
                    Problem.STORE_DAMAGED,
                    "The code opens the recovery slot on this disk, which is of another vault. Make a new recovery code.",
                    e);
        }
    }

    /// If the slot is the one that was shown before, it is the wrong paper; otherwise it may be the slot.
    private String doesNotOpen() {
        return printed.anotherCode()
                + (told.get() instanceof EnrolmentState.Finished
                        ? ""
                        : " If you are sure of it, what lies on this disk was changed: make a new recovery code.");
    }

    private static KeptWays shown(KeptWays kept, Digest slot, Instant now) {
        // Somebody with the paper is here: from now on this clock counts, whatever was seen before.
        return kept.with(new KeptWays.Second(SecondWay.CODE, slot, now)).seenAt(now);
    }

    private void keepIfPossible(Change change) {
        try {
            keep(change);
        } catch (StoreException e) {
            if (e.why() != StoreException.Why.CLOSED) {
                LOG.warn("which ways in were shown to open is not written down: {}", e.why());
            }
        }
    }

    private synchronized void keep(Change change) throws StoreException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        KeptWays before = store.ways().read();
        KeptWays next = ofPresentWay(change.of(before, now));
        if (now.isAfter(next.seen().plus(DAY))) {
            next = next.seenAt(now);
        }
        KeptWays written = before;
        try {
            if (!next.equals(before)) {
                store.ways().write(next);
            }
            written = next;
        } finally {
            tell(written, now);
        }
    }

    private void tell(KeptWays written, Instant now) {
        if (isLocked()) {
            return;
        }
        try {
            file.write(written);
        } catch (IOException e) {
            LOG.warn("which ways in were shown to open is not told without a PIN: the disk refused");
        }
        EnrolmentState standing =
                EnrolmentRule.judge(written, printed.state(), printed.digest().orElse(null), now);
        synchronized (telling) {
            if (!locked) {
                told.set(standing);
            }
        }
    }

    private boolean isLocked() {
        synchronized (telling) {
            return locked;
        }
    }

    /// What was shown of another kind of second way than the present one is over.
    private KeptWays ofPresentWay(KeptWays kept) {
        KeptWays.Second second = kept.second();
        return second == null || areAdministrators() == (second.way() == SecondWay.ADMINISTRATORS)
                ? kept
                : kept.with(null);
    }

    private boolean areAdministrators() {
        return printed.state() instanceof RecoveryState.ByAdministrators;
    }

    /// After the store was closed.
    void sayLocked() {
        synchronized (telling) {
            locked = true;
            told.set(new EnrolmentState.NotKnown());
        }
    }
}
