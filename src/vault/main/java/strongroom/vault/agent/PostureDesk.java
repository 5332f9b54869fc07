package strongroom.vault.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.posture.KeyProof;
import strongroom.protocol.posture.PostureReport;
import strongroom.protocol.posture.SlotAssurance;
import strongroom.protocol.posture.WaysIn;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.identity.ProvableKey;
import strongroom.vault.platform.DiskEncryption;
import strongroom.vault.platform.Product;
import strongroom.vault.platform.SystemVersion;
import strongroom.vault.rollback.FindingFile;
import strongroom.vault.seal.SealException;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.slot.WaysFile;
import strongroom.vault.sync.PostureServer;
import strongroom.vault.sync.SyncException;

/// Tells the server at each new connection, once a day and after an unlock that changed something of it how this device
/// stands, and shows it that the device's key is in its TPM until it has seen that. A TPM may take its time, so
/// contacts do not wait for it. Safe for several threads.
final class PostureDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PostureDesk.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final DeviceIdentity identity;
    private final Path folder;
    private final Path slot;
    private final FindingFile finding;
    private final WaysFile ways;
    private final Clock clock;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable PostureServer told;
    private volatile @Nullable Instant at;
    private volatile @Nullable List<Optional<FileTime>> said;
    private volatile @Nullable Sealed sealed;

    /// How the slot of every day is sealed, as of when it was written: it is read once, and not with each report.
    private record Sealed(Optional<FileTime> written, SlotAssurance assurance) {}

    PostureDesk(Home home, DeviceIdentity identity, Clock clock) {
        this.identity = identity;
        this.folder = home.folder();
        this.slot = home.slots().resolve(SlotFile.DAILY);
        this.finding = new FindingFile(home);
        this.ways = new WaysFile(home);
        this.clock = clock;
    }

    /// Part of a contact. Does not wait.
    void check(PostureServer server) {
        if (isDue(server) && busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("posture").start(() -> {
                try {
                    tell(server);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    boolean isDue(PostureServer server) {
        Instant last = at;
        Instant now = clock.instant();
        return told != server
                || last == null
                || now.isBefore(last)
                || !now.isBefore(last.plus(DAY))
                || !written().equals(said);
    }

    /// What the line broke off is done at one of the next contacts; what the server or the TPM refuses, tomorrow.
    ///
    /// @return what the server has seen of the key in the end; empty if that is not known
    Optional<KeyProof> tell(PostureServer server) {
        boolean settled = true;
        List<Optional<FileTime>> written = written();
        try {
            Optional<ProvableKey> provable = identity.provableKey();
            KeyProof seen = server.report(report().sign(identity.statementKey()));
            if (seen == KeyProof.NONE && provable.isPresent()) {
                seen = prove(server, provable.get());
            }
            return Optional.of(seen);
        } catch (SyncException e) {
            settled = e.why() == SyncException.Why.REFUSED;
            LOG.info("the server was not told how this device stands: {} {}", e.why(), e.refusal());
        } catch (SealException e) {
            LOG.warn("the TPM does not show that it has this device's key: {}", e.getMessage());
        } catch (IdentityException | Signer.SigningException e) {
            LOG.warn(
                    "the server was not told how this device stands: {}",
                    e.getClass().getSimpleName());
        } finally {
            at = settled ? clock.instant() : null;
            told = server;
            said = written;
        }
        return Optional.empty();
    }

    private static KeyProof prove(PostureServer server, ProvableKey key) throws SyncException, SealException {
        KeyProof seen = server.prove(key.answer(server.challenge(key.identity())));
        LOG.info("the server has seen that this device's key is in its TPM: {}", seen);
        return seen;
    }

    private PostureReport report() throws IdentityException {
        SystemVersion system = SystemVersion.current();
        return new PostureReport(
                identity.enrolled().device(),
                Product.VERSION,
                system.name(),
                system.version(),
                assurance(),
                identity.hasKeyInTpm(),
                DiskEncryption.below(folder),
                clock.instant(),
                notAsLeft(),
                waysIn());
    }

    /// When what an unlock may change of how a device stands was written; empty for what is not there. To know that,
    /// nothing of it needs to be read.
    private List<Optional<FileTime>> written() {
        return Stream.concat(Stream.of(slot, finding.file()), ways.files().stream())
                .map(PostureDesk::written)
                .toList();
    }

    private static Optional<FileTime> written(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException expected) {
            return Optional.empty();
        }
    }

    private @Nullable Instant notAsLeft() {
        try {
            return finding.when().orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable WaysIn waysIn() {
        try {
            return ways.told().orElse(null);
        } catch (IOException e) {
            // What cannot be read shows nothing.
            return new WaysIn(false, null);
        }
    }

    private SlotAssurance assurance() {
        Optional<FileTime> now = written(slot);
        Sealed known = sealed;
        if (known == null || !known.written().equals(now)) {
            known = new Sealed(now, read());
            sealed = known;
        }
        return known.assurance();
    }

    private SlotAssurance read() {
        try {
            return switch (SlotFile.read(slot).kind()) {
                case TPM -> SlotAssurance.HARDWARE;
                case KEYSTORE, SECURE_ENCLAVE -> SlotAssurance.KEYSTORE;
                case PASSPHRASE -> SlotAssurance.PASSPHRASE;
            };
        } catch (IOException | MalformedException e) {
            return SlotAssurance.UNKNOWN;
        }
    }
}
