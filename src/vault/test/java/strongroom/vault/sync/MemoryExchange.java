package strongroom.vault.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.store.Exchange;
import strongroom.vault.store.StoreException;

/// An honest exchange in memory: it verifies the chain of hashes and refuses what goes back, as the store does, and
/// verifies no signature.
class MemoryExchange implements Exchange {
    private static final Head START = new Head(0, Digest.ZERO);

    final Map<Id, Head> heads = new HashMap<>();
    final Set<Id> vaults = new LinkedHashSet<>();
    final Map<Digest, byte[]> chunks = new HashMap<>();
    final Set<Digest> damaged = new HashSet<>();
    final List<Digest> toSend = new ArrayList<>();
    final LinkedHashSet<Digest> toFetch = new LinkedHashSet<>();
    final Deque<Commit> outbox = new ArrayDeque<>();
    final List<Commit> inbox = new ArrayList<>();
    final List<Commit> replayed = new ArrayList<>();
    boolean replaying;

    /// A commit made here, with its chunks.
    synchronized void local(Id vault, Commit commit, Map<Digest, byte[]> content) {
        vaults.add(vault);
        outbox.add(commit);
        chunks.putAll(content);
        toSend.addAll(content.keySet());
    }

    @Override
    public synchronized void offerVaults(List<VaultRecord> offered) throws StoreException {
        for (VaultRecord record : offered) {
            Head head = head(record.vault());
            boolean other =
                    record.sequence() == head.sequence() && !record.head().equals(head.hash());
            if (record.sequence() < head.sequence() || other) {
                throw new StoreException(StoreException.Why.CONTRADICTION, "An older list.");
            }
            vaults.add(record.vault());
        }
    }

    @Override
    public synchronized List<Id> vaults() {
        return List.copyOf(vaults);
    }

    @Override
    public synchronized Head head(Id vault) {
        return heads.getOrDefault(vault, START);
    }

    @Override
    public synchronized Optional<Commit> outgoing(Id vault) throws StoreException {
        Commit next = outbox.peek();
        boolean fits = next != null && header(next).parent().equals(head(vault).hash());
        return fits ? Optional.of(next) : Optional.empty();
    }

    @Override
    public synchronized int pendingCommits() {
        return outbox.size();
    }

    @Override
    public synchronized void accepted(Id vault, Commit commit) throws StoreException {
        if (head(vault).hash().equals(commit.hash())) {
            return;
        }
        heads.put(vault, new Head(header(commit).sequence(), commit.hash()));
        outbox.remove(commit);
    }

    @Override
    public synchronized void incoming(Id vault, List<Commit> commits) throws StoreException {
        Head head = head(vault);
        for (Commit commit : commits) {
            CommitHeader header = header(commit);
            if (header.sequence() != head.sequence() + 1 || !header.parent().equals(head.hash())) {
                throw new StoreException(StoreException.Why.CONTRADICTION, "The chain is broken.");
            }
            head = new Head(header.sequence(), commit.hash());
        }
        for (Commit commit : commits) {
            if (!outbox.remove(commit)) {
                inbox.add(commit);
                header(commit).chunks().stream()
                        .filter(chunk -> !chunks.containsKey(chunk))
                        .forEach(toFetch::add);
            }
        }
        heads.put(vault, head);
    }

    private static CommitHeader header(Commit commit) throws StoreException {
        try {
            return commit.unverifiedHeader();
        } catch (MalformedException e) {
            throw new StoreException(StoreException.Why.CONTRADICTION, "Not a commit.", e);
        }
    }

    @Override
    public synchronized OptionalLong replayFrom(Id vault) {
        return replaying && replayed.size() < head(vault).sequence()
                ? OptionalLong.of(replayed.size() + 1L)
                : OptionalLong.empty();
    }

    @Override
    public synchronized void replayed(Id vault, List<Commit> commits) {
        replayed.addAll(commits);
    }

    @Override
    public synchronized List<Digest> chunksToSend(Id vault, int limit) {
        return toSend.stream().limit(limit).toList();
    }

    @Override
    public synchronized void chunksSent(Id vault, List<Digest> sent) {
        toSend.removeAll(sent);
    }

    @Override
    public synchronized List<Digest> chunksToFetch(Id vault, int limit) {
        return toFetch.stream().limit(limit).toList();
    }

    @Override
    public synchronized byte[] chunk(Id vault, Digest chunk) throws StoreException {
        byte[] ciphertext = chunks.get(chunk);
        if (ciphertext == null || damaged.contains(chunk)) {
            throw new StoreException(StoreException.Why.DAMAGED, "The chunk is damaged.");
        }
        return ciphertext.clone();
    }

    @Override
    public synchronized void fetched(Id vault, Digest chunk, byte[] ciphertext) {
        chunks.put(chunk, ciphertext);
        toFetch.remove(chunk);
    }

    @Override
    public synchronized void missing(Id vault, Digest chunk) {
        toFetch.remove(chunk);
    }

    @Override
    public void tidy() {}

    @Override
    public void close() {}
}
