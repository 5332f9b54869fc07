package strongroom.vault.rollback;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.MachineCounters;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.store.CounterRow;
import strongroom.vault.store.KeptCounter;
import strongroom.vault.store.KeptCounter.Finding;
import strongroom.vault.store.StoreException;

/// Tells an older copy of the store from the store, for one unlock. The store keeps where the counter in the machine
/// must stand, and both go on by one in each unlock that changes documents: the store first, then the counter. So after
/// an interruption the store is ahead by one, which is made good, and never behind; a store that is behind was put in
/// the place of a newer one.
///
/// What is found is written down with the value from which the counter counts on, so that it is told until somebody
/// has taken note, and so that the newer store, if it comes back, is behind in its turn.
///
/// Asks the machine, which may take its time, and begins nothing in a home that is being wiped. May be interrupted at
/// any point. Safe for several threads, which take turns.
public final class RollbackCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RollbackCheck.class);

    private final Home home;
    private final CounterRow row;
    private final SealerSource sealers;
    private final Clock clock;
    private final FindingFile told;

    /// What the store says of a counter that was found; null until then.
    private @Nullable KeptCounter kept;
    /// Whether the counter stands where the store says. As long as it does not, the store must not go on.
    private boolean counted;

    private boolean stepped;
    /// What this unlock found.
    private @Nullable Finding fresh;

    /// @param row of the open store
    public RollbackCheck(Home home, CounterRow row, SealerSource sealers, Clock clock) {
        this.home = home;
        this.row = row;
        this.sealers = sealers;
        this.clock = clock;
        this.told = new FindingFile(home);
    }

    /// The part of the machine that sealed the slot, if it has counters.
    ///
    /// @param authorisation borrowed
    private record Machine(SealKind kind, MachineCounters counters, SecretBytes authorisation) {}

    /// Does something in the machine.
    @FunctionalInterface
    private interface Act {
        void in(Machine machine) throws SealException, IOException, StoreException;
    }

    /// Compares. A store that has no counter yet gets one, where the machine has counters.
    ///
    /// @throws StoreException if the store cannot be read or written; `CLOSED` after the lock
    public synchronized Standing look() throws StoreException {
        CounterRow.Found found = row.read();
        try {
            act(machine -> {
                switch (found) {
                    case CounterRow.Found.Never() -> begin(machine, null);
                    case CounterRow.Found.Gone() -> lost(machine, null);
                    case CounterRow.Found.Kept(KeptCounter known) -> compare(machine, known);
                }
            });
        } catch (StoreException e) {
            Finding unwritten = fresh;
            if (unwritten == null) {
                throw e;
            }
            // Whoever fills the disk must not keep it from being told; the next unlock finds it again.
            LOG.warn("what was found of the folder could not be written down: {}", e.why());
            return new Standing.Found(unwritten);
        }
        Finding finding = row.read() instanceof CounterRow.Found.Kept(KeptCounter now) ? now.finding() : null;
        tell(finding);
        if (finding != null && !finding.noted()) {
            return new Standing.Found(finding);
        }
        return kept == null ? new Standing.NotChecked() : new Standing.AsLeft();
    }

    /// Goes on by one if documents were changed since that was done last, once in an unlock. Does nothing as long as
    /// it was not possible to compare.
    ///
    /// @throws StoreException as {@link #look}
    public synchronized void step() throws StoreException {
        KeptCounter before = kept;
        if (before == null || stepped && counted) {
            return;
        }
        Digest content = row.content();
        if (counted && content.equals(before.content())) {
            return;
        }
        act(machine -> {
            count(machine, before);
            if (counted && !stepped && !content.equals(before.content())) {
                goOn(
                        machine,
                        new KeptCounter(
                                before.counter(), before.value() + 1, content, clock.instant(), before.finding()));
                stepped = true;
            }
        });
    }

    /// Somebody has taken note of what was found: it is told no more.
    public synchronized void takeNote() throws StoreException {
        if (!(row.read() instanceof CounterRow.Found.Kept(KeptCounter known))) {
            return;
        }
        Finding finding = known.finding();
        if (finding != null && !finding.noted()) {
            KeptCounter next = known.with(finding.taken());
            row.write(next);
            kept = kept == null ? null : next;
            tell(next.finding());
        }
    }

    private void act(Act act) throws StoreException {
        try (SecretBytes authorisation = row.authorisation()) {
            SealKind kind = SlotFile.read(home.slots().resolve(SlotFile.DAILY)).kind();
            Optional<MachineCounters> counters = sealers.of(kind).counters();
            if (counters.isPresent() && !isWiping()) {
                act.in(new Machine(kind, counters.get(), authorisation));
            }
        } catch (SealException e) {
            LOG.info("whether the folder was set back cannot be looked at now: {}", e.why());
        } catch (IOException | MalformedException e) {
            LOG.warn(
                    "whether the folder was set back cannot be looked at: {}",
                    e.getClass().getSimpleName());
        }
    }

    private boolean isWiping() {
        return Files.exists(home.wipeJournal());
    }

    private void compare(Machine machine, KeptCounter known) throws SealException, IOException, StoreException {
        long stands;
        try {
            stands = machine.counters.read(known.counter(), machine.authorisation);
        } catch (SealException e) {
            if (e.why() != Why.FOREIGN && e.why() != Why.DAMAGED) {
                throw e;
            }
            lost(machine, known);
            return;
        }
        makeFindable(machine.kind, known.counter());
        if (stands == known.value() || stands == known.value() - 1) {
            kept = known;
            counted = stands == known.value();
            count(machine, known);
            return;
        }
        Instant now = clock.instant();
        // A machine does not count down: if it seems to, its memory was exchanged.
        Finding finding = stands > known.value() ? setBack(known, now) : counterLost(known, now);
        fresh = finding;
        LOG.warn("the counter stands at {} and not at {}: {}", stands, known.value(), finding.kind());
        goOn(machine, new KeptCounter(known.counter(), stands + 1, row.content(), now, finding));
    }

    private static Finding setBack(KeptCounter known, Instant now) {
        Finding untold = known.finding();
        Instant from =
                untold != null && !untold.noted() && untold.from().isBefore(known.at()) ? untold.from() : known.at();
        return new Finding(Finding.Kind.SET_BACK, from, now, false);
    }

    private static Finding counterLost(@Nullable KeptCounter known, Instant now) {
        Finding untold = known == null ? null : known.finding();
        if (untold != null && !untold.noted()) {
            return untold;
        }
        return new Finding(Finding.Kind.COUNTER_LOST, known == null ? now : known.at(), now, false);
    }

    /// Writes down that it is lost, and begins another one. In this order: a machine that has no room for another one
    /// must not keep it from being told.
    private void lost(Machine machine, @Nullable KeptCounter known) throws SealException, IOException, StoreException {
        Instant now = clock.instant();
        Finding finding = counterLost(known, now);
        fresh = finding;
        LOG.warn("the counter of the folder is gone, or it is another one");
        row.write(known == null ? new KeptCounter(new byte[0], 0, row.content(), now, finding) : known.with(finding));
        begin(machine, finding);
    }

    private void begin(Machine machine, @Nullable Finding finding) throws SealException, IOException, StoreException {
        eraseEarlier();
        byte[] planned = machine.counters.plan();
        new CounterFile(machine.kind, planned).write(home);
        long value = machine.counters.make(planned, machine.authorisation);
        if (isWiping()) {
            // Whoever destroys the keys may have looked for a counter before this one was there.
            machine.counters.destroy(planned);
            return;
        }
        KeptCounter begun = new KeptCounter(planned, value, row.content(), clock.instant(), finding);
        row.write(begun);
        kept = begun;
        counted = true;
    }

    /// One that was begun and cut off, or that is lost. That it cannot be erased keeps nobody from another one.
    private void eraseEarlier() throws IOException {
        Optional<CounterFile> earlier = CounterFile.of(home);
        if (earlier.isPresent()) {
            try {
                earlier.get().destroy(sealers);
            } catch (SealException e) {
                LOG.warn("an earlier counter of this folder was not erased: {}", e.why());
            }
        }
    }

    private void makeFindable(SealKind kind, byte[] counter) throws IOException {
        if (CounterFile.of(home).filter(file -> file.names(kind, counter)).isEmpty()) {
            new CounterFile(kind, counter).write(home);
        }
    }

    /// First the store, then the counter.
    private void goOn(Machine machine, KeptCounter next) throws StoreException {
        row.write(next);
        kept = next;
        counted = false;
        count(machine, next);
    }

    /// What cannot be counted now is counted with the next change, or at the next unlock.
    private void count(Machine machine, KeptCounter to) {
        if (counted || isWiping()) {
            return;
        }
        try {
            // One that seemed to fail may have counted; counted twice it would look like a newer store somewhere.
            long stands = machine.counters.read(to.counter(), machine.authorisation);
            if (stands == to.value() - 1) {
                stands = machine.counters.increment(to.counter(), machine.authorisation);
            }
            counted = stands == to.value();
        } catch (SealException e) {
            LOG.info("a step of the folder is counted later: {}", e.why());
        }
    }

    private void tell(@Nullable Finding finding) {
        try {
            if (finding == null) {
                told.remove();
            } else {
                told.write(finding);
            }
        } catch (IOException e) {
            LOG.warn("what was found of the folder is told after an unlock only: the disk refused");
        }
    }
}
