package strongroom.vault.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SharePolicy;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.PowerClock;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.identity.KeptPolicy;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.LeaseSealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.slot.LeaseFiles;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.slot.SlotShare;
import strongroom.vault.sync.ShareServer;
import strongroom.vault.sync.SyncException;

/// Keeps the lease of this device new, as the policy of unlocking says, without knowing anything of what it opens. Safe
/// for several threads.
final class ShareDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ShareDesk.class);
    private static final Duration CHECK = Duration.ofMinutes(4);

    private final DeviceIdentity identity;
    private final SealerSource sealers;
    private final KeptPolicy<SharePolicy> policy;
    private final LeaseFiles files;
    private final Path slot;
    private final Clock clock;
    private final AtomicReference<@Nullable Confirmation> waiting = new AtomicReference<>();
    private volatile @Nullable Instant checked;

    private record Confirmation(Id slot, Signed signed) {}

    ShareDesk(Home home, DeviceIdentity identity, SealerSource sealers, Clock clock) {
        this.identity = identity;
        this.sealers = sealers;
        this.policy = new KeptPolicy<>(home, PolicyKind.SHARE);
        this.files = new LeaseFiles(home.slots());
        this.slot = home.slots().resolve(SlotFile.DAILY);
        this.clock = clock;
    }

    /// The next contact looks for a lease.
    void due() {
        checked = null;
    }

    /// A slot opened: the server hears of it now, or at one of the next contacts. Does not wait.
    void confirm(Id opened, Signed confirmation, ShareServer server) {
        waiting.set(new Confirmation(opened, confirmation));
        due();
        Thread.ofVirtual().name("share confirmation").start(() -> check(server));
    }

    /// Part of a contact. What does not succeed is tried again at one of the next.
    synchronized void check(ShareServer server) {
        Instant now = clock.instant();
        Instant last = checked;
        if (last != null && !now.isBefore(last) && now.isBefore(last.plus(CHECK))) {
            return;
        }
        checked = now;
        boolean well = false;
        try {
            deliver(server);
            keepLease(server);
            well = true;
        } catch (SyncException e) {
            LOG.info("the lease is looked for later: {}", e.why());
        } catch (SealException e) {
            LOG.warn("the lease was not renewed: {}", e.why());
        } catch (IdentityException | MalformedException | IOException e) {
            LOG.warn("the lease was not renewed: {}", e.getClass().getSimpleName());
        } finally {
            if (!well) {
                due();
            }
        }
    }

    private void deliver(ShareServer server) throws SyncException {
        Confirmation confirmation = waiting.get();
        if (confirmation == null) {
            return;
        }
        try {
            server.confirmShare(confirmation.slot, confirmation.signed);
        } catch (SyncException e) {
            if (e.why() != SyncException.Why.REFUSED) {
                throw e;
            }
            LOG.warn("the server does not take a confirmation: {}", e.refusal());
        }
        waiting.compareAndSet(confirmation, null);
    }

    private void keepLease(ShareServer server)
            throws SyncException, SealException, IdentityException, MalformedException, IOException {
        Optional<SharePolicy> present = policy.verified(identity.enrolled().organisation());
        if (present.isEmpty() || present.get().mode() != SharePolicy.Mode.LEASE) {
            files.forget();
            return;
        }
        SlotFile daily = Files.exists(slot) ? SlotFile.read(slot) : null;
        SlotShare share = daily == null ? null : daily.share();
        LeaseSealer leases =
                daily == null ? null : sealers.of(daily.kind()).leases().orElse(null);
        byte[] sealed = daily == null ? null : files.share(daily.id()).orElse(null);
        if (daily == null || share == null || leases == null || sealed == null) {
            return;
        }
        PowerClock reading = leases.clock();
        Lease lease = files.lease(daily.id(), share.key().lessor())
                .map(LeaseFiles.Kept::terms)
                .orElse(null);
        if (lease != null && !lease.issued().isBefore(present.get().issued()) && isFresh(lease, reading)) {
            return;
        }
        Lease.Granted granted = server.lease(daily.id(), leases.request(sealed));
        Lease fresh = granted.verify(share.key().lessor());
        if (fresh.slot().equals(daily.id())) {
            files.keep(granted);
            LOG.info("the lease was renewed");
        }
    }

    /// Until half of it is over, of the time by either clock or because the machine was switched on again: a
    /// laptop that leaves its net any moment takes nearly the whole with it.
    private boolean isFresh(Lease lease, PowerClock reading) {
        Duration half = Duration.between(lease.issued(), lease.expires()).dividedBy(2);
        Instant now = clock.instant();
        return !now.isBefore(lease.issued())
                && now.isBefore(lease.issued().plus(half))
                && reading.clock() >= lease.from().clock()
                && reading.clock() - lease.from().clock() < half.toMillis()
                && reading.resets() == lease.from().resets()
                && reading.restarts() == lease.from().restarts();
    }
}
