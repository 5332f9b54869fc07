package strongroom.vault.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.Side;
import strongroom.vault.store.search.Corpus;
import strongroom.vault.store.search.SearchIndex;

/// The window's side of a store: it has the keys and never the network. One object at a time has a store open; the
/// agent may have its {@link Exchange} open meanwhile. Everything that returned is durable. Safe for several
/// threads. Closing waits for a write that is under way and zeroes all keys; whatever is called afterwards, or read
/// from a stream that was opened before, fails.
public final class VaultStore implements AutoCloseable {
    private static final Id NOBODY = SealedRows.NOBODY;
    private static final byte[] HELLO = {1};

    private final Path folder;
    private final Database database;
    private final SealedRows rows;
    private final Owner owner;
    private final Chunks chunks;
    private final ExecutorService workers;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<Id, VaultKeys> keys = new HashMap<>();
    private final Map<Id, OpenVault> open = new HashMap<>();
    private final Map<Id, Documents> documents = new HashMap<>();
    private final List<Damage> damages = new ArrayList<>();
    private final Pins pins = new Pins();
    private final SecretBytes searchKey;
    private final CounterRow counter;
    private final WaysRow ways;
    private @Nullable SearchIndex search;
    private boolean swept;
    private boolean closed;

    private VaultStore(
            Path folder,
            Database database,
            SealedRows rows,
            SecretBytes searchKey,
            CounterRow counter,
            Chunks chunks,
            Clock clock,
            SecureRandom random) {
        this.folder = folder;
        this.database = database;
        this.rows = rows;
        this.owner = new Owner(database, rows);
        this.searchKey = searchKey;
        this.counter = counter;
        this.ways = new WaysRow(database, rows);
        this.chunks = chunks;
        this.workers = workers();
        this.clock = clock;
        this.random = random;
    }

    /// Makes an empty store.
    ///
    /// @param folder see `Home.store()`; made if missing @param rootKey 32 bytes, borrowed
    /// @throws StoreException `IO` if there is a store already
    public static VaultStore create(Path folder, SecretBytes rootKey, Clock clock, SecureRandom random)
            throws StoreException {
        Database database = Database.create(folder);
        SealedRows rows = new SealedRows(rootKey, random);
        try {
            database.write(connection -> {
                if (SealedRows.find(connection, SealedRows.Kind.STORE, NOBODY, NOBODY)
                        .isPresent()) {
                    throw new StoreException(StoreException.Why.IO, "There is a store already.");
                }
                rows.put(connection, SealedRows.Kind.STORE, NOBODY, NOBODY, 1, HELLO);
                return rows;
            });
            return assemble(folder, database, rows, rootKey, clock, random);
        } catch (StoreException e) {
            rows.close();
            database.close();
            throw e;
        }
    }

    /// Opens a store. Damages do not keep it from opening; {@link #verify} names them. The catalogue is read by
    /// the first call that needs more of it than what one folder holds.
    ///
    /// @param rootKey as it was given to {@link #create}, borrowed
    /// @throws StoreException `NOT_FOUND` if there is no store, `DAMAGED` if the key is not the store's
    public static VaultStore open(Path folder, SecretBytes rootKey, Clock clock, SecureRandom random)
            throws StoreException {
        Database database = Database.open(folder);
        SealedRows rows = new SealedRows(rootKey, random);
        @Nullable VaultStore store = null;
        try {
            database.read(connection -> checkKey(connection, rows));
            store = assemble(folder, database, rows, rootKey, clock, random);
            store.load();
            return store;
        } catch (StoreException e) {
            if (store != null) {
                store.close();
            }
            rows.close();
            database.close();
            throw e;
        }
    }

    /// Whether this is the key of a store, without reading it.
    ///
    /// @param rootKey borrowed
    /// @throws StoreException `DAMAGED` if it is another one's, or the store says nothing
    public static void check(Path folder, SecretBytes rootKey, SecureRandom random) throws StoreException {
        try (Database database = Database.open(folder);
                SealedRows rows = new SealedRows(rootKey, random)) {
            database.read(connection -> checkKey(connection, rows));
        }
    }

    /// Gets the cipher ready: for the time while the PIN is being typed. Interrupting it ends it early.
    public static void warmUp(SecureRandom random) {
        ChunkCipher.warmUp(random);
    }

    private static VaultStore assemble(
            Path folder, Database database, SealedRows rows, SecretBytes rootKey, Clock clock, SecureRandom random)
            throws StoreException {
        Chunks chunks = Chunks.open(folder, database, Side.WINDOW, random);
        CounterRow counter = new CounterRow(database, rows, rootKey);
        return new VaultStore(folder, database, rows, SearchIndex.key(rootKey), counter, chunks, clock, random);
    }

    /// One thread for each processor: they encrypt and decrypt, and wait for nothing but the disk.
    private static ExecutorService workers() {
        AtomicInteger count = new AtomicInteger();
        return Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread worker = new Thread(task, "store-" + count.incrementAndGet());
            worker.setDaemon(true);
            return worker;
        });
    }

    private static SealedRows checkKey(Connection connection, SealedRows rows) throws SQLException, StoreException {
        SealedRows.Row row = SealedRows.find(connection, SealedRows.Kind.STORE, NOBODY, NOBODY)
                .orElseThrow(() -> new StoreException(StoreException.Why.NOT_FOUND, "The store was never finished."));
        try {
            rows.open(row);
            return rows;
        } catch (NotAuthenticException e) {
            throw Failure.damaged("The store is damaged, or belongs to another key.", e);
        }
    }

    private void load() throws StoreException {
        if (!owner.load()) {
            damages.add(new Damage("identity", "The person's keys are damaged: nothing can be changed."));
        }
        for (Id vault : database.read(SealedRows::vaults)) {
            loadKeys(vault);
        }
    }

    private void loadKeys(Id vault) throws StoreException {
        try {
            SealedRows.Row row = database.read(
                            connection -> SealedRows.find(connection, SealedRows.Kind.VAULT, NOBODY, vault))
                    .orElseThrow(NotAuthenticException::new);
            begin(vault, VaultKeys.of(vault, rows.open(row)));
        } catch (NotAuthenticException | MalformedException e) {
            damages.add(new Damage(vault.toString(), "The vault's keys are damaged: it cannot be opened."));
        }
    }

    private OpenVault begin(Id vault, VaultKeys vaultKeys) {
        ContentLists lists = new ContentLists(chunks, vaultKeys);
        Replica replica = new Replica(vault, vaultKeys, lists, rows, random);
        Holdings holdings = new Holdings(database, chunks, lists, vaultKeys, vault, pins, workers, random);
        DeviceNotes notes = new DeviceNotes(database, rows, vault);
        OpenVault opened =
                new OpenVault(database, replica, holdings, notes, owner::author, owner::authors, clock, random);
        keys.put(vault, vaultKeys);
        open.put(vault, opened);
        documents.put(vault, new Documents(opened, folder));
        return opened;
    }

    /// Whom this store belongs to. @return closed by the caller; empty before enrolment
    public Optional<PersonIdentity> identity() {
        return owner.identity();
    }

    /// Keeps an identity, in place of the one that is there. @param fresh copied
    public void storeIdentity(PersonIdentity fresh) throws StoreException {
        owner.store(fresh);
    }

    /// Keeps to whom the person's keys may be sealed. Does nothing before enrolment.
    public void storeRecoveryTrust(RecoveryTrust trust) throws StoreException {
        owner.store(trust);
    }

    /// The vaults whose keys are here.
    public synchronized List<Id> vaults() {
        return List.copyOf(open.keySet());
    }

    /// Adds a vault, or the key of one more epoch to one. Does nothing if that key is here already.
    ///
    /// @param key 32 bytes, borrowed
    /// @throws StoreException `CONTRADICTION` if another key is known for that epoch
    public synchronized void addVault(Id vault, int epoch, SecretBytes key) throws StoreException {
        @Nullable VaultKeys known = keys.get(vault);
        VaultKeys vaultKeys = known == null ? new VaultKeys(vault) : known;
        if (!vaultKeys.add(epoch, key)) {
            return;
        }
        OpenVault opened = known == null ? begin(vault, vaultKeys) : vault(vault);
        boolean kept = false;
        try (SecretBytes secret = vaultKeys.toSecret()) {
            database.write(connection -> {
                secret.<SecretBytes, SQLException>use(bytes -> {
                    rows.put(connection, SealedRows.Kind.VAULT, NOBODY, vault, epoch, bytes);
                    return secret;
                });
                if (known == null) {
                    opened.begin(connection);
                }
                return secret;
            });
            kept = true;
            damages.removeIf(damage -> damage.what().equals(vault.toString()));
        } finally {
            if (!kept) {
                vaultKeys.forget(epoch);
            }
            if (!kept && known == null) {
                keys.remove(vault);
                open.remove(vault);
                documents.remove(vault);
            }
        }
    }

    /// A vault's key, to wrap it for somebody. @return closed by the caller
    public synchronized SecretBytes vaultKey(Id vault, int epoch) throws StoreException {
        @Nullable VaultKeys found = keys.get(vault);
        if (found == null) {
            throw Failure.notFound();
        }
        return found.key(epoch);
    }

    /// What the server said of this person's vaults when the agent last asked, wrapped keys included. Nothing of it
    /// is verified.
    public List<VaultRecord> offeredVaults() throws StoreException {
        return SqliteExchange.offered(database);
    }

    /// The documents of a vault. @throws StoreException `NOT_FOUND` if its key is not here
    public synchronized Documents documents(Id vault) throws StoreException {
        @Nullable Documents found = documents.get(vault);
        if (found == null) {
            throw Failure.notFound();
        }
        return found;
    }

    private OpenVault vault(Id vault) throws StoreException {
        @Nullable OpenVault found = open.get(vault);
        if (found == null) {
            throw Failure.notFound();
        }
        return found;
    }

    /// Takes in what the agent brought: commits of other devices, and the server's acceptance of our own.
    ///
    /// @return whether anything may look different
    /// @throws StoreException `CONTRADICTION` if something is not signed by whom it must be: it is not used,
    ///     what is here stays as it is
    public boolean applyIncoming(Authors authors) throws StoreException {
        boolean changed = false;
        for (Id vault : vaults()) {
            OpenVault opened;
            synchronized (this) {
                opened = vault(vault);
            }
            changed |= opened.applyIncoming(authors);
            opened.scrub();
        }
        return changed;
    }

    /// The same for a personal vault: only the person's own key counts. The first call after opening also removes
    /// what a crash left of documents that are gone.
    public boolean applyIncoming() throws StoreException {
        boolean changed = applyIncoming(owner.authors());
        sweepOnce();
        return changed;
    }

    private void sweepOnce() throws StoreException {
        List<OpenVault> vaults;
        synchronized (this) {
            if (swept || !damages.isEmpty()) {
                return;
            }
            swept = true;
            vaults = List.copyOf(open.values());
        }
        new Sweep(database, chunks, pins).run(vaults);
    }

    /// Searches the raw files of the store for what must not be there.
    ///
    /// @param planted texts to look for, as they would lie there; those of less than six bytes are passed over
    /// @throws StoreException `CANCELLED` if the thread is interrupted
    public Remains residue(List<byte[]> planted, VerifyWatch watch) throws StoreException {
        return new Residue(folder, database, planted, watch).run();
    }

    /// Destroys earlier contents and removed documents that are past their time; see {@link Retention}.
    ///
    /// @return whether anything was destroyed
    public boolean expire(Retention retention) throws StoreException {
        List<OpenVault> vaults;
        synchronized (this) {
            vaults = List.copyOf(open.values());
        }
        return new Expiry(database, rows, clock).run(vaults, retention);
    }

    /// The search over all documents of this store, opened with the first call; in step with them only after its
    /// updates, and closed with the store.
    public synchronized SearchIndex search() throws StoreException {
        if (closed) {
            throw Failure.closed();
        }
        if (search == null) {
            search = SearchIndex.open(folder.resolve("search"), searchKey, new SearchAnchor(database, rows), random);
        }
        return search;
    }

    /// Where the counter in the machine must stand. Closed with the store.
    public CounterRow counter() {
        return counter;
    }

    /// Which ways into this store were shown to open.
    public WaysRow ways() {
        return ways;
    }

    /// Whether a key is the one that this store was opened with.
    ///
    /// @param rootKey borrowed
    /// @throws StoreException `DAMAGED` if it is another one's
    public void requireKey(SecretBytes rootKey) throws StoreException {
        try (SealedRows own = new SealedRows(rootKey, random)) {
            database.read(connection -> checkKey(connection, own));
        }
    }

    /// The documents of this store, as the search sees them.
    public Corpus corpus() {
        return new VaultCorpus(this::allDocuments);
    }

    private synchronized List<Documents> allDocuments() {
        return List.copyOf(documents.values());
    }

    /// Checks everything that is stored.
    ///
    /// @param readData also reads and authenticates every chunk that is here
    /// @throws StoreException `CANCELLED` if the thread is interrupted, never for a damage
    public Verification verify(boolean readData, VerifyWatch watch) throws StoreException {
        List<OpenVault> vaults;
        Verifier verifier;
        synchronized (this) {
            vaults = List.copyOf(open.values());
            verifier = new Verifier(database, chunks, readData, watch, damages);
        }
        return verifier.run(vaults);
    }

    /// Checks everything that is stored, reads every chunk, and brings back what can be: see {@link Repaired}.
    /// What is asked for comes with the next contact and is taken in by {@link #applyIncoming}; a second repair
    /// may then find more to do. Never makes anything worse.
    ///
    /// @throws StoreException `CANCELLED` if the thread is interrupted
    public List<Repaired> repair(VerifyWatch watch) throws StoreException {
        List<OpenVault> vaults;
        Verifier verifier;
        synchronized (this) {
            vaults = List.copyOf(open.values());
            verifier = new Verifier(database, chunks, true, watch, damages);
        }
        verifier.run(vaults);
        return new Repair(database, chunks).run(vaults, verifier.broken());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (search != null) {
            search.close();
        }
        searchKey.close();
        counter.close();
        open.values().forEach(VaultStore::shut);
        workers.shutdown();
        database.close();
        chunks.close();
        keys.values().forEach(VaultKeys::close);
        keys.clear();
        open.clear();
        documents.clear();
        rows.close();
        owner.close();
    }

    private static void shut(OpenVault vault) {
        try {
            vault.notes().flush();
        } catch (StoreException e) {
            // When a document was opened last is worth no failure.
        }
        vault.shut();
    }
}
