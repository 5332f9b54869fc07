package strongroom.vault.wipe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Id;
import strongroom.protocol.Receipt;
import strongroom.protocol.SelfDestruction;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.Enrolment;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.SealException;
import strongroom.vault.wipe.WipeJournal.Step;

/// Carries a wipe out: keys first, then data, then the receipt, then the device's own keys. It may be ended at any
/// point, by a power cut too, and goes on where it was when any program of ours starts in this home. Needs no key of
/// the vault and no network. Safe for several threads and processes: they take turns.
public final class Wiper {
    private static final Logger LOG = LoggerFactory.getLogger(Wiper.class);
    private static final int TRIES = 3;
    private static final long PAUSE_MILLISECONDS = 200;
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Home home;
    private final Belongings belongings;
    private final DeviceIdentity identity;
    private final SealerSource sealers;
    private final Clock clock;
    private final SecureRandom random;
    private final Runnable step;
    /// What a full disk did not take.
    private volatile @Nullable WipeJournal unsaved;

    /// @param sealers destroy what the machine keeps for the slots, and open the key that signs the receipt
    public Wiper(Home home, SealerSource sealers, Clock clock, SecureRandom random) {
        this(home, sealers, clock, random, () -> {});
    }

    /// @param step called after each act, for tests that stop there
    Wiper(Home home, SealerSource sealers, Clock clock, SecureRandom random, Runnable step) {
        this.home = home;
        this.belongings = new Belongings(home);
        this.identity = new DeviceIdentity(home, sealers, random);
        this.sealers = sealers;
        this.clock = clock;
        this.random = random;
        this.step = step;
    }

    /// For every program that starts in a home, before it does anything else: goes on with a wipe that was begun.
    ///
    /// @return the notice, if the home was wiped, now or before
    /// @throws WipeException if a wipe was begun and cannot go on: nothing else may be done in this home
    public static Optional<WipedNotice> resumeIfBegun(Home home, SealerSource sealers, Clock clock, SecureRandom random)
            throws WipeException, InterruptedException {
        try {
            Wiper wiper = new Wiper(home, sealers, clock, random);
            if (wiper.begun()) {
                wiper.resume();
            }
            Optional<WipedNotice> notice = WipedNotice.of(home);
            if (!wiper.begun() && notice.isPresent() && notice.get().receiptDelivered()) {
                wiper.tidy();
            }
            return notice;
        } catch (IOException e) {
            throw new WipeException("This device is being wiped and its folder cannot be read.", e);
        }
    }

    /// Notes the order before anything is touched, with the signed receipt that it was received.
    ///
    /// @return the notice of a wipe that is under way
    public WipedNotice begin(OrderInbox.Verdict.Obey order) throws InterruptedException {
        WipeJournal journal = journal(order);
        try (Turn turn = Turn.take(home)) {
            save(journal);
            step.run();
            save(journal.withReceived(receipt(order.order().id(), Receipt.Stage.RECEIVED, Report.NOTHING)));
            turn.held();
        } catch (IOException | Signer.SigningException | IdentityException e) {
            LOG.warn(
                    "the receipt of order {} could not be noted; the wipe goes on",
                    order.order().id());
        }
        return new WipedNotice(
                order.order().id(), order.orderedBy(), order.order().reason(), Instant.EPOCH, false);
    }

    private WipeJournal journal(OrderInbox.Verdict.Obey order) {
        return WipeJournal.begun(new Warrant.Ordered(order.signed()), order.orderedBy(), clock.instant());
    }

    /// Destroys every key of the vault. A full disk or a missing journal does not stop it.
    ///
    /// @param order what is obeyed; verified by the caller
    public void destroyKeys(OrderInbox.Verdict.Obey order) throws IOException, InterruptedException {
        try (Turn turn = Turn.take(home)) {
            keys(journal().orElseGet(() -> journal(order)));
            turn.held();
        }
    }

    /// Destroys every key of the vault because the organisation's rule for wrong PINs says so: notes it, then
    /// does it. {@link #resume} belongs behind it. Neither a machine that does not sign nor a full disk stops it;
    /// but without the signature of this device nobody goes on with the data, and the server is not told.
    ///
    /// @param rule the policy that says so, not verified @param wrongPins how many there were
    /// @return the notice of a wipe that is under way
    /// @throws WipeException if the rule does not say so: nothing was touched
    public WipedNotice destroyKeys(SignedPolicy rule, int wrongPins)
            throws WipeException, IOException, InterruptedException {
        try (Turn turn = Turn.take(home)) {
            Enrolment enrolment = identity.enrolled();
            PinPolicy policy = rule.verify(PolicyKind.PIN, enrolment.organisation());
            if (policy.destroyAfter() == 0 || wrongPins < policy.destroyAfter()) {
                throw new WipeException("The rule for wrong PINs does not say so.");
            }
            WipedNotice notice = destroyKeys(
                    rule,
                    new SelfDestruction(
                            Id.random(random), enrolment.device(), policy.number(), wrongPins, clock.instant()),
                    rule.signedBy(PolicyKind.PIN, enrolment.organisation()));
            turn.held();
            return notice;
        } catch (MalformedException | IdentityException e) {
            throw new WipeException("The rule for wrong PINs cannot be verified on this device.", e);
        }
    }

    private WipedNotice destroyKeys(SignedPolicy rule, SelfDestruction said, String signedBy)
            throws IOException, InterruptedException, IdentityException, MalformedException {
        Optional<WipeJournal> before = journal();
        if (before.isPresent() && genuine(before.get())) {
            // An order came first, and that is what is told.
            keysUnlessGone(before.get());
            return notice(before.get().warrant(), Instant.EPOCH, false);
        }
        WipedNotice notice = new WipedNotice(said.id(), signedBy, "", Instant.EPOCH, false, said.wrongPins());
        Signed statement = signed(said);
        if (statement == null) {
            LOG.warn("this device does not sign, so its keys are destroyed without a journal");
            new KeyDestruction(belongings, sealers, random, step).run();
            notice.write(home);
            return notice;
        }
        WipeJournal journal = WipeJournal.begun(new Warrant.ByRule(rule, statement), signedBy, clock.instant());
        keys(save(journal));
        return notice;
    }

    private void keysUnlessGone(WipeJournal journal) throws IOException, InterruptedException {
        if (journal.step() == Step.BEGUN) {
            keys(journal);
        }
    }

    /// @return null if the machine does not sign
    private @Nullable Signed signed(SelfDestruction said) throws IdentityException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            try {
                return said.sign(identity.statementKey());
            } catch (Signer.SigningException e) {
                LOG.warn("the statement of a destruction was not signed: {}", String.valueOf(e.getCause()));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
            }
        }
        return null;
    }

    /// Goes on until everything is gone that can be without the server. Does nothing if no wipe was begun, or if what
    /// lies in the journal's place is not a genuine order for this device.
    ///
    /// @return whether there is a genuine wipe in this home that is not over
    public boolean resume() throws IOException, InterruptedException {
        try (Turn turn = Turn.take(home)) {
            turn.held();
            Optional<WipeJournal> begun = journal();
            if (begun.isEmpty() || !genuine(begun.get())) {
                return false;
            }
            WipeJournal journal = begun.get();
            if (journal.step() == Step.BEGUN) {
                journal = keys(journal);
            }
            if (journal.step() == Step.KEYS_GONE) {
                journal = data(journal);
            }
            if (journal.step() == Step.DATA_GONE && journal.done() == null) {
                journal = sign(journal);
            }
            if (journal.step() == Step.TOLD) {
                finish(journal);
            }
            return begun();
        }
    }

    /// What the server must get.
    ///
    /// @param order which wipe @param statement that this device destroys its own keys; null for an order
    /// @param signed in the order they must be left
    /// @param last whether the last one is among them: with it the server knows everything
    public record Receipts(Id order, @Nullable Signed statement, List<Signed> signed, boolean last) {
        /// Copies the list.
        public Receipts {
            signed = List.copyOf(signed);
        }
    }

    /// The receipts of a wipe that is under way; empty if none is, or if none could be signed yet.
    public Optional<Receipts> receipts() throws IOException {
        Optional<WipeJournal> journal = journal();
        if (journal.isEmpty() || !genuine(journal.get())) {
            return Optional.empty();
        }
        List<Signed> receipts = new ArrayList<>();
        journal.map(WipeJournal::received).ifPresent(receipts::add);
        Optional<Signed> last = journal.map(WipeJournal::done);
        last.ifPresent(receipts::add);
        Warrant warrant = journal.get().warrant();
        try {
            return Optional.of(new Receipts(
                    warrant.verify(identity).id(),
                    warrant instanceof Warrant.ByRule rule ? rule.statement() : null,
                    receipts,
                    last.isPresent()));
        } catch (MalformedException | IdentityException e) {
            return Optional.empty();
        }
    }

    /// Whether a wipe was begun and is not over.
    public boolean begun() {
        return unsaved != null || Files.exists(home.wipeJournal());
    }

    /// The server has the last receipt: the device's own keys and its certificate go, last of all.
    public void delivered() throws IOException, InterruptedException {
        try (Turn turn = Turn.take(home)) {
            Optional<WipeJournal> journal = journal();
            if (journal.isPresent() && journal.get().step() == Step.DATA_GONE && genuine(journal.get())) {
                WipeJournal told = journal.get().reached(Step.TOLD, Report.NOTHING);
                save(told);
                step.run();
                finish(told);
            }
            turn.held();
        }
    }

    private Optional<WipeJournal> journal() throws IOException {
        return unsaved == null ? WipeJournal.of(home) : Optional.of(unsaved);
    }

    /// Anyone who can write into the folder could put a journal there: only a warrant for this device counts. At the
    /// very end, when the key is gone that signed it, a rule is believed: nothing but the identity is left then.
    private boolean genuine(WipeJournal journal) {
        try {
            return journal.warrant() instanceof Warrant.ByRule
                            && journal.step() == Step.TOLD
                            && identity.keyFiles().stream().noneMatch(Files::exists)
                    || isFor(journal.warrant());
        } catch (MalformedException e) {
            return false;
        } catch (IdentityException e) {
            LOG.warn("a journal of a wipe lies in a home without identity; nothing follows from it");
            return false;
        }
    }

    private boolean isFor(Warrant warrant) throws MalformedException, IdentityException {
        warrant.verify(identity);
        return true;
    }

    private WipeJournal keys(WipeJournal journal) throws IOException, InterruptedException {
        Report report = new KeyDestruction(belongings, sealers, random, step).run();
        return save(journal.reached(Step.KEYS_GONE, report));
    }

    private WipeJournal data(WipeJournal journal) throws IOException, InterruptedException {
        List<String> destroyed = new ArrayList<>();
        List<String> remaining = new ArrayList<>();
        for (Path folder : belongings.folders()) {
            Erasure erasure = new Erasure(random);
            erasure.tree(folder);
            if (erasure.files() > 0) {
                destroyed.add(folder.getFileName() + ": " + erasure.files() + " files, " + erasure.bytes() + " bytes");
            }
            if (erasure.failures() > 0) {
                remaining.add(folder.getFileName() + ": " + erasure.failures() + " that could not be removed");
            }
            step.run();
        }
        Erasure singles = new Erasure(random);
        belongings.files().forEach(singles::key);
        new Erasure(random).tree(home.slots());
        step.run();
        return save(journal.reached(Step.DATA_GONE, new Report(destroyed, remaining)));
    }

    private WipeJournal sign(WipeJournal journal) throws IOException {
        writeNotice(journal, false);
        step.run();
        Receipt.Stage stage = journal.remaining().isEmpty() ? Receipt.Stage.DONE : Receipt.Stage.FAILED;
        try {
            Report report = new Report(journal.destroyed(), journal.remaining());
            return save(
                    journal.withDone(receipt(journal.warrant().verify(identity).id(), stage, report)));
        } catch (Signer.SigningException | IdentityException | MalformedException e) {
            LOG.warn("the last receipt could not be signed; it is tried again at the next start");
            return journal;
        }
    }

    private WipedNotice notice(Warrant warrant, Instant finished, boolean delivered)
            throws MalformedException, IdentityException, IOException {
        Warrant.Meaning meaning = warrant.verify(identity);
        return new WipedNotice(
                meaning.id(), meaning.orderedBy(), meaning.reason(), finished, delivered, meaning.wrongPins());
    }

    private void writeNotice(WipeJournal journal, boolean delivered) throws IOException {
        try {
            notice(journal.warrant(), clock.instant(), delivered).write(home);
        } catch (MalformedException | IdentityException e) {
            LOG.warn("the notice of the wipe could not be written");
        }
    }

    /// A stop at the very end may have left the public part of the identity.
    private void tidy() throws InterruptedException {
        if (identity.keyFiles().stream().noneMatch(Files::exists)) {
            new Erasure(random).tree(home.identity());
        }
    }

    /// The journal goes before the organisation's key, so that a journal can always be verified.
    private void finish(WipeJournal journal) throws IOException, InterruptedException {
        writeNotice(journal, true);
        step.run();
        try {
            identity.destroyKeys();
        } catch (SealException | IdentityException e) {
            LOG.warn("what the machine keeps for the device's own keys could not be destroyed");
        }
        step.run();
        Erasure keys = new Erasure(random);
        identity.keyFiles().forEach(keys::key);
        step.run();
        unsaved = null;
        new Erasure(random).tree(home.wipeJournal());
        step.run();
        new Erasure(random).tree(home.identity());
    }

    private Signed receipt(Id order, Receipt.Stage stage, Report report)
            throws Signer.SigningException, IdentityException {
        Receipt receipt = new Receipt(
                order, identity.enrolled().device(), stage, clock.instant(), report.destroyed(), report.remaining());
        return receipt.sign(identity.statementKey());
    }

    /// A disk without room does not stop a wipe: the next save may find room, a restart begins at the step before.
    private WipeJournal save(WipeJournal journal) {
        try {
            journal.write(home);
            unsaved = null;
        } catch (IOException e) {
            unsaved = journal;
            LOG.warn("the journal of the wipe could not be written at {}", journal.step());
        }
        step.run();
        return journal;
    }

    /// One wiper at a time, over threads and processes.
    private record Turn(FileChannel channel, FileLock lock, Path file) implements AutoCloseable {
        static Turn take(Home home) throws IOException, InterruptedException {
            IN_THIS_PROCESS.lockInterruptibly();
            try {
                Path file = home.folder().resolve("wipe.lock");
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                return new Turn(channel, channel.lock(), file);
            } catch (IOException e) {
                IN_THIS_PROCESS.unlock();
                throw e;
            }
        }

        void held() throws IOException {
            if (!lock.isValid()) {
                throw new IOException("the lock of the wipe was lost");
            }
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                lock.release();
            } finally {
                IN_THIS_PROCESS.unlock();
            }
        }
    }
}
