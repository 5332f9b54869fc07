package strongroom.vault.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import strongroom.protocol.Commit;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VaultRecord;

/// The agent's side of the store: outbox and inbox of ciphertext. Whoever holds it can read nothing. The window may
/// have the same store open in another process at the same time; every call is one transaction. Safe for several
/// threads.
public interface Exchange extends AutoCloseable {
    /// Opens the exchange of a store that the window has made. Never makes one: a store that was wiped stays away.
    ///
    /// @param storeFolder see `Home.store()` @param random for names of unfinished files
    /// @throws StoreException `NOT_FOUND` if there is no store yet, or no more
    static Exchange open(Path storeFolder, SecureRandom random) throws StoreException {
        return SqliteExchange.open(storeFolder, random);
    }

    /// Where a vault's log stands at the server, as far as this device has verified the chain.
    ///
    /// @param sequence 0 before the first commit @param hash zero before the first commit
    record Head(long sequence, Digest hash) {}

    /// Takes over the server's list of vaults and wrapped keys, for the window to open. The list must have been asked
    /// for after the last `accepted` or `incoming` returned: an older one looks like a server that went back.
    ///
    /// @throws StoreException `CONTRADICTION` if the server has fewer commits than it had, or others
    void offerVaults(List<VaultRecord> vaults) throws StoreException;

    /// The vaults known here, whether the window has opened them or not.
    List<Id> vaults() throws StoreException;

    /// The newest commit of a vault that this device knows the server to have.
    Head head(Id vault) throws StoreException;

    /// The oldest commit made here that the server does not have, if it fits the head. None if there is none, or if
    /// the window must first rebase it on commits that came in.
    Optional<Commit> outgoing(Id vault) throws StoreException;

    /// How many changes made here the server does not have yet, over all vaults.
    int pendingCommits() throws StoreException;

    /// The server has taken `commit`: it becomes the head. Does nothing if it is the head already.
    void accepted(Id vault, Commit commit) throws StoreException;

    /// Takes commits from the server, in order, directly behind the head; they wait for the window to apply them.
    /// A commit made here that comes back (its acceptance was lost on the way) counts as accepted.
    ///
    /// @throws StoreException `CONTRADICTION` if they do not continue the chain: nothing of them is kept
    void incoming(Id vault, List<Commit> commits) throws StoreException;

    /// The number of the next commit that the window wants once more, since its catalogue is damaged; empty for most.
    OptionalLong replayFrom(Id vault) throws StoreException;

    /// Commits from the server, in order from {@link #replayFrom} on.
    ///
    /// @throws StoreException `CONTRADICTION` if one is not what the server had shown in that place before
    void replayed(Id vault, List<Commit> commits) throws StoreException;

    /// Chunks of local commits that the server has not confirmed, oldest first, at most `limit`.
    List<Digest> chunksToSend(Id vault, int limit) throws StoreException;

    /// The server has these chunks.
    void chunksSent(Id vault, List<Digest> chunks) throws StoreException;

    /// Chunks that commits from the server name and that are not here, at most `limit`.
    List<Digest> chunksToFetch(Id vault, int limit) throws StoreException;

    /// Ciphertext of a chunk. @throws StoreException `NOT_LOCAL` if it is not here
    byte[] chunk(Id vault, Digest chunk) throws StoreException;

    /// Keeps the ciphertext of a fetched chunk; atomic and durable. It is authenticated when the window reads it.
    ///
    /// @param ciphertext whole, not kept
    void fetched(Id vault, Digest chunk, byte[] ciphertext) throws StoreException;

    /// A chunk that the server does not have (any more): it is not asked for again until a commit names it anew.
    void missing(Id vault, Digest chunk) throws StoreException;

    /// Gives the room back that fetched chunks took which nothing names any more. For times when nothing is to do.
    void tidy() throws StoreException;

    @Override
    void close();
}
