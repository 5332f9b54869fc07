package strongroom.vault.agent;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Commit;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VaultRecord;
import strongroom.vault.home.Home;
import strongroom.vault.store.Exchange;
import strongroom.vault.store.StoreException;

/// Opens the store when it is first used, and again after that has failed: orders are obeyed on a device whose store
/// is damaged or full, too.
final class LazyExchange implements Exchange {
    private final ExchangeSource source;
    private final Home home;
    private @Nullable Exchange open;
    private boolean closed;

    LazyExchange(ExchangeSource source, Home home) {
        this.source = source;
        this.home = home;
    }

    private synchronized Exchange store() throws StoreException {
        if (closed) {
            throw new StoreException(StoreException.Why.CLOSED, "The store was closed.");
        }
        Exchange present = open;
        if (present == null) {
            present = source.open(home);
            open = present;
        }
        return present;
    }

    @Override
    public void offerVaults(List<VaultRecord> vaults) throws StoreException {
        store().offerVaults(vaults);
    }

    @Override
    public List<Id> vaults() throws StoreException {
        return store().vaults();
    }

    @Override
    public Head head(Id vault) throws StoreException {
        return store().head(vault);
    }

    @Override
    public Optional<Commit> outgoing(Id vault) throws StoreException {
        return store().outgoing(vault);
    }

    @Override
    public int pendingCommits() throws StoreException {
        return store().pendingCommits();
    }

    @Override
    public void accepted(Id vault, Commit commit) throws StoreException {
        store().accepted(vault, commit);
    }

    @Override
    public void incoming(Id vault, List<Commit> commits) throws StoreException {
        store().incoming(vault, commits);
    }

    @Override
    public OptionalLong replayFrom(Id vault) throws StoreException {
        return store().replayFrom(vault);
    }

    @Override
    public void replayed(Id vault, List<Commit> commits) throws StoreException {
        store().replayed(vault, commits);
    }

    @Override
    public List<Digest> chunksToSend(Id vault, int limit) throws StoreException {
        return store().chunksToSend(vault, limit);
    }

    @Override
    public void chunksSent(Id vault, List<Digest> chunks) throws StoreException {
        store().chunksSent(vault, chunks);
    }

    @Override
    public List<Digest> chunksToFetch(Id vault, int limit) throws StoreException {
        return store().chunksToFetch(vault, limit);
    }

    @Override
    public byte[] chunk(Id vault, Digest chunk) throws StoreException {
        return store().chunk(vault, chunk);
    }

    @Override
    public void fetched(Id vault, Digest chunk, byte[] ciphertext) throws StoreException {
        store().fetched(vault, chunk, ciphertext);
    }

    @Override
    public void tidy() throws StoreException {
        store().tidy();
    }

    @Override
    public void missing(Id vault, Digest chunk) throws StoreException {
        store().missing(vault, chunk);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
