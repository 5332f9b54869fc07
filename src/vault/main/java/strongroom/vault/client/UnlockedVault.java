package strongroom.vault.client;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.agent.AgentEvent;
import strongroom.vault.store.Documents;
import strongroom.vault.store.PersonIdentity;
import strongroom.vault.store.Retention;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// Everything that exists between an unlock and the lock after it: the open store, what came in for it meanwhile,
/// and who looks at it. Closing it leaves nothing that could still read.
final class UnlockedVault implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnlockedVault.class);

    private final VaultStore store;
    private final AgentConnection agent;
    private final Membership membership;
    private final RecoveryGrants recovery;
    private final LocalLibrary library;
    private final LocalSearch search;
    private final FolderCheck folder;
    private final ShownWays ways;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final Runnable standingChanged;
    private final Assurance assurance;
    private final PinProof proof;
    private volatile ClientState.Unlocked shown;
    private boolean expired;
    private volatile boolean keysLeft;
    // One after the other: what comes in is applied in the order in which it came.
    private final ExecutorService inbox =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("inbox").factory());

    /// @param store taken over @param folder taken over @param ways of the store
    /// @param standingChanged called when this device got its keys
    UnlockedVault(
            VaultStore store,
            FolderCheck folder,
            ShownWays ways,
            Assurance assurance,
            PinProof proof,
            AgentConnection agent,
            Clock clock,
            SecureRandom random,
            Runnable standingChanged) {
        this.store = store;
        this.agent = agent;
        this.membership = new Membership(store, agent, random);
        this.recovery = new RecoveryGrants(store, RecoveryGrants.at(agent), random);
        this.library = new LocalLibrary(this, clock);
        this.search = new LocalSearch(this);
        watchers.add(search::changed);
        this.folder = folder;
        this.ways = ways;
        watchers.add(folder::changed);
        this.standingChanged = standingChanged;
        this.assurance = assurance;
        this.proof = proof;
        this.shown = new ClientState.Unlocked(person(), assurance, approvalCode());
    }

    Library library() {
        return library;
    }

    LocalSearch search() {
        return search;
    }

    FolderCheck folder() {
        return folder;
    }

    ShownWays ways() {
        return ways;
    }

    /// That the PIN was shown.
    PinProof proof() {
        return proof;
    }

    VaultStore store() {
        return store;
    }

    AgentConnection agent() {
        return agent;
    }

    Membership membership() {
        return membership;
    }

    /// The documents of the personal vault.
    Documents documents() throws ClientException {
        try {
            List<Id> vaults = store.vaults();
            if (vaults.isEmpty()) {
                throw new ClientException(
                        Problem.WAITING_FOR_APPROVAL,
                        "This device has no keys yet. Approve it on another of your devices, or ask your"
                                + " administrators if you have none.");
            }
            return store.documents(vaults.getFirst());
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    /// The person's name; empty if the store does not say.
    String person() {
        try (PersonIdentity identity = store.identity().orElse(null)) {
            return identity == null ? "" : identity.personName();
        }
    }

    private @Nullable String approvalCode() {
        try {
            return membership.approvalCode();
        } catch (ClientException e) {
            LOG.info("the digits cannot be shown: {}", e.problem());
            return "";
        }
    }

    /// What the window shows of it; asks nobody.
    ClientState.Unlocked shown() {
        return shown;
    }

    Subscription watch(Runnable watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    void changed() {
        watchers.forEach(Runnable::run);
        later(() -> {
            try {
                agent.ask(link -> {
                    link.changed();
                    return true;
                });
            } catch (ClientException e) {
                // The agent finds the outbox by itself when it comes back.
                LOG.info("the agent was not told of a change: {}", e.problem());
            }
        });
    }

    /// What the agent said. Returns at once.
    void heard(AgentEvent event) {
        switch (event) {
            case AgentEvent.InboxChanged _, AgentEvent.DevicesChanged _ -> later(this::receive);
            case AgentEvent.Connected connected when connected.connected() -> later(this::receive);
            case AgentEvent.SyncChanged _,
                    AgentEvent.Connected _,
                    AgentEvent.WipeStarted _,
                    AgentEvent.Wiped _,
                    AgentEvent.Frozen _,
                    AgentEvent.LockAsked _,
                    AgentEvent.Thawed _ -> {}
        }
    }

    /// Takes in what came while nobody looked, and looks whether the folder is as it was left.
    void receiveLater() {
        folder.begin();
        later(this::receive);
    }

    /// @return whether this device has its keys now and had not before
    private boolean takeOver() throws ClientException {
        boolean complete = membership.refresh();
        if (complete) {
            shown = new ClientState.Unlocked(person(), assurance, approvalCode());
            standingChanged.run();
        }
        return complete;
    }

    private void receive() {
        try {
            boolean complete = takeOver();
            boolean changed = store.applyIncoming();
            if (complete || changed) {
                watchers.forEach(Runnable::run);
            }
            expireOnce();
            leaveKeys();
        } catch (ClientException e) {
            LOG.info("nothing was taken in: {}", e.problem());
        } catch (StoreException e) {
            if (e.why() == StoreException.Why.CLOSED) {
                // Locked meanwhile; the next unlock takes it in.
                return;
            }
            LOG.warn("what came in was refused: {}", e.why());
            if (e.why() == StoreException.Why.CONTRADICTION) {
                // What came before it was taken in. The agent knows now what not to take, and tells everybody.
                changed();
            }
        }
    }

    /// Once between an unlock and the lock after it, as soon as the server answers.
    ///
    /// @throws ClientException `SERVER_CONTRADICTS`; whatever else keeps it from being done is for the next time
    private void leaveKeys() throws ClientException {
        if (keysLeft) {
            return;
        }
        try {
            switch (recovery.leave()) {
                case RecoveryGrants.Result.NoKeysYet() -> {}
                // Written down first: whoever finds that it is done may close the store.
                case RecoveryGrants.Result.NobodyToLeaveThemTo() -> {
                    ways.nobody();
                    keysLeft = true;
                }
                case RecoveryGrants.Result.Left(Digest key) -> {
                    ways.left(key);
                    keysLeft = true;
                }
            }
        } catch (ClientException e) {
            if (e.problem() == Problem.SERVER_CONTRADICTS) {
                LOG.warn("nothing was left for recovery: {}", e.getMessage());
                throw e;
            }
            LOG.info("nothing was left for recovery: {}", e.problem());
        }
    }

    private void expireOnce() throws StoreException {
        if (!expired) {
            expired = true;
            if (store.expire(Retention.DEFAULT)) {
                changed();
            }
        }
    }

    private void later(Runnable work) {
        try {
            inbox.execute(() -> unlessLocked(work));
        } catch (RejectedExecutionException expected) {
            // Locked meanwhile; the next unlock takes it in.
        }
    }

    /// A lock waits for nobody: it zeroes the keys under what is being taken in, which fails then. The next unlock
    /// takes it in.
    private void unlessLocked(Runnable work) {
        try {
            work.run();
        } catch (IllegalStateException e) {
            if (!inbox.isShutdown()) {
                throw e;
            }
        }
    }

    /// Something to open that may not be on this device.
    @FunctionalInterface
    interface Opening<T> {
        T open() throws StoreException, ClientException;
    }

    /// Opens something; what is not on this device is fetched first.
    <T> T fetching(Opening<T> opening) throws ClientException {
        try {
            return opening.open();
        } catch (StoreException e) {
            if (e.why() != StoreException.Why.NOT_LOCAL) {
                throw Sentences.of(e);
            }
        }
        syncNow();
        try {
            return opening.open();
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    /// Waits for what is on its way and takes it in. @return how it stands then
    SyncState syncNow() throws ClientException {
        try {
            takeOver();
            SyncState state = AgentConnection.state(agent.ask(link -> link.syncNow()));
            takeOver();
            if (store.applyIncoming()) {
                // Applying may have moved our own commits behind those of others: they go up now.
                state = AgentConnection.state(agent.ask(link -> link.syncNow()));
                store.applyIncoming();
            }
            watchers.forEach(Runnable::run);
            leaveKeys();
            return state;
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    @Override
    public void close() {
        inbox.shutdownNow();
        folder.close();
        search.close();
        store.close();
        folder.sayLocked();
        ways.sayLocked();
        watchers.clear();
    }
}
