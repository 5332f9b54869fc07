package strongroom.vault.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.agent.AgentException;
import strongroom.vault.agent.AgentIdentity;
import strongroom.vault.agent.AgentLink;
import strongroom.vault.agent.AgentStatus;
import strongroom.vault.crypto.PinHash;
import strongroom.vault.home.Home;
import strongroom.vault.rollback.FindingFile;
import strongroom.vault.seal.SealKind;
import strongroom.vault.seal.Sealers;
import strongroom.vault.seal.tpm.TpmAddress;
import strongroom.vault.session.LockRules;
import strongroom.vault.slot.LeaseFiles;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.slot.SlotShare;
import strongroom.vault.slot.WaysFile;
import strongroom.vault.store.KeptWays;
import strongroom.vault.store.VaultStore;
import strongroom.vault.wipe.WipedNotice;

/// Makes clients. The only place in the core that names the real clock and the real source of randomness for them.
public final class VaultClients {
    private VaultClients() {}

    /// Opens a home; makes the folder if it is missing.
    ///
    /// @param tpm as on the command line: `auto`, `none`, `device:…`, `swtpm:…`
    /// @throws ClientException `HOME_IN_USE`, `USAGE` for a TPM that cannot be understood
    public static VaultClient open(Path home, String tpm) throws ClientException {
        return open(home, tpm, LockReason.STARTED);
    }

    /// The same, after a lock for which another program let go of the home.
    ///
    /// @param reason what the lock screen says
    public static VaultClient open(Path home, String tpm, LockReason reason) throws ClientException {
        return LocalClient.open(
                new Home(home),
                tpm,
                reason,
                LockRules.DEFAULT,
                Clock.systemUTC(),
                System::nanoTime,
                new SecureRandom());
    }

    /// Loads and compiles what an unlock needs, so that it takes less time when it comes. Interruptible.
    public static void warmUp() {
        PinHash.warmUp();
        VaultStore.warmUp(new SecureRandom());
    }

    /// The file in a home where the window keeps what it remembers between starts, such as light or dark. It lies in
    /// clear, so nothing of the vault may be in it; a wipe removes it.
    public static Path windowState(Path home) {
        return new Home(home).windowState();
    }

    /// Where a client stands, without a PIN and beside a window that has it open.
    public static ClientStatus status(Path folder, String tpm) throws ClientException {
        Home home = new Home(folder);
        try {
            if (WipedNotice.of(home).isPresent() || Files.exists(home.wipeJournal())) {
                return new ClientStatus(
                        "wiped",
                        "",
                        List.of(),
                        ServerPart.NONE,
                        new RecoveryState.None(),
                        new EnrolmentState.NotKnown(),
                        new FolderState.NotChecked(),
                        "",
                        "This device was wiped, by an order or a rule.",
                        0,
                        false);
            }
        } catch (IOException e) {
            throw Sentences.io("read " + home.wipeNotice(), e);
        }
        RecoveryState sheet = PrintedSlot.state(PrintedSlot.fileIn(home));
        boolean sealed = Files.exists(home.slots().resolve(SlotFile.DAILY));
        if (!sealed && sheet instanceof RecoveryState.None) {
            return new ClientStatus(
                    "not enrolled",
                    "",
                    List.of(),
                    ServerPart.NONE,
                    sheet,
                    new EnrolmentState.NotKnown(),
                    new FolderState.NotChecked(),
                    "",
                    "This device has not enrolled.",
                    0,
                    false);
        }
        String assurance = "";
        List<Integer> registers = List.of();
        ServerPart server = ServerPart.NONE;
        if (sealed) {
            SlotFile slot = slot(home);
            assurance = Unlock.assurance(slot.kind()).name().toLowerCase(Locale.ROOT);
            registers = registers(slot, tpm);
            server = serverPart(home, slot);
        }
        RecoveryState recovery = server.asked() ? new RecoveryState.ByAdministrators() : sheet;
        EnrolmentState enrolment = enrolment(home, recovery);
        FolderState found = found(home);
        try (AgentLink link = AgentLink.connectOrStart(home, tpm)) {
            AgentStatus status = link.status();
            Optional<AgentIdentity> identity = link.identity();
            String state =
                    switch (status.standing()) {
                        case NOT_ENROLLED -> "not enrolled";
                        case ACTIVE -> "enrolled";
                        case FROZEN -> "frozen";
                        case WIPING, WIPED -> "wiped";
                    };
            SyncState sync = AgentConnection.state(status);
            return new ClientStatus(
                    state,
                    assurance,
                    registers,
                    server,
                    recovery,
                    enrolment,
                    found,
                    identity.map(who -> who.device().toString()).orElse(""),
                    sentence(sync),
                    sync instanceof SyncState.Offline offline ? offline.pending() : 0,
                    true);
        } catch (AgentException e) {
            return new ClientStatus(
                    "enrolled",
                    assurance,
                    registers,
                    server,
                    recovery,
                    enrolment,
                    found,
                    "",
                    Sentences.sentence(e),
                    0,
                    false);
        }
    }

    private static List<Integer> registers(SlotFile slot, String tpm) throws ClientException {
        if (slot.kind() != SealKind.TPM) {
            return List.of();
        }
        try {
            return Sealers.of(SealKind.TPM, TpmAddress.parse(tpm), new SecureRandom())
                    .binding(slot.sealed())
                    .registers();
        } catch (IllegalArgumentException e) {
            throw new ClientException(Problem.USAGE, Sentences.sentence(e), e);
        }
    }

    private static EnrolmentState enrolment(Home home, RecoveryState recovery) throws ClientException {
        try {
            KeptWays written = new WaysFile(home).read().orElse(KeptWays.NONE);
            Digest slot = PrintedSlot.digest(PrintedSlot.fileIn(home)).orElse(null);
            return EnrolmentRule.judge(
                    written, recovery, slot, Clock.systemUTC().instant());
        } catch (IOException e) {
            throw Sentences.io("read which ways in were shown to open", e);
        }
    }

    private static FolderState found(Home home) throws ClientException {
        try {
            return new FindingFile(home)
                    .read()
                    .filter(finding -> !finding.noted())
                    .map(FolderCheck::shown)
                    .orElseGet(FolderState.NotChecked::new);
        } catch (IOException e) {
            throw Sentences.io("read what was found of the folder", e);
        }
    }

    private static SlotFile slot(Home home) throws ClientException {
        try {
            return SlotFile.read(home.slots().resolve(SlotFile.DAILY));
        } catch (IOException e) {
            throw Sentences.io("read the key slot", e);
        } catch (MalformedException e) {
            throw new ClientException(
                    Problem.STORE_DAMAGED, "The key slot is damaged. Restore it, or enrol this device again.", e);
        }
    }

    private static ServerPart serverPart(Home home, SlotFile slot) throws ClientException {
        SlotShare share = slot.share();
        if (share == null) {
            return ServerPart.NONE;
        }
        try {
            LeaseFiles files = new LeaseFiles(home.slots());
            Instant until = files.lease(slot.id(), share.key().lessor())
                    .map(kept -> kept.terms().expires())
                    .orElse(null);
            return new ServerPart(true, files.share(slot.id()).isPresent() ? until : null);
        } catch (IOException e) {
            throw Sentences.io("read the lease", e);
        }
    }

    /// One sentence on synchronisation.
    static String sentence(SyncState sync) {
        return switch (sync) {
            case SyncState.Unknown _ -> "Nothing was synchronised yet.";
            case SyncState.UpToDate _ -> "Up to date.";
            case SyncState.Syncing busy ->
                "Transferring: " + busy.chunksUp() + " chunks up, " + busy.chunksDown() + " down.";
            case SyncState.Offline offline -> offline.why();
            case SyncState.Denied denied -> denied.why();
        };
    }

    /// Locks the window that has this home open; does nothing if none has.
    public static void lock(Path folder, String tpm) throws ClientException {
        LockRequest.send(new Home(folder));
    }

    /// Where this platform keeps an application's data for one user.
    public static Path defaultHome() {
        return Home.ofThisUser().folder();
    }

    /// What this machine is called, as a first guess at the device's name.
    public static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException expected) {
            return "This computer";
        }
    }
}
