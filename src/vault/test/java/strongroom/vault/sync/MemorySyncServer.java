package strongroom.vault.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.protocol.posture.KeyProof;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.LeaseRequest;
import strongroom.protocol.share.ShareKey;

/// A server in memory that keeps the rules of the protocol; a test may break them by changing what it holds, or have
/// it fail after some calls.
class MemorySyncServer implements SyncServer {
    final Map<Id, List<Commit>> logs = new LinkedHashMap<>();
    final Map<Digest, byte[]> chunks = new HashMap<>();
    final List<SignedOrder> orders = new ArrayList<>();
    final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);
    final AtomicInteger chunksTaken = new AtomicInteger();

    private void call() throws SyncException {
        if (callsLeft.getAndDecrement() <= 0) {
            throw new SyncException(SyncException.Why.OFFLINE, "The line broke.");
        }
    }

    synchronized void vault(Id vault) {
        logs.putIfAbsent(vault, new ArrayList<>());
    }

    @Override
    public synchronized Delivery orders(long after) throws SyncException {
        call();
        return new Delivery(orders, Instant.now());
    }

    @Override
    public void receipt(Id order, Signed receipt) throws SyncException {
        call();
    }

    @Override
    public KeyProof report(Signed report) throws SyncException {
        call();
        return KeyProof.NONE;
    }

    @Override
    public TpmChallenge challenge(TpmIdentity tpm) throws SyncException {
        call();
        return new TpmChallenge(new byte[TpmChallenge.NONCE], null);
    }

    @Override
    public KeyProof prove(TpmProof proof) throws SyncException {
        call();
        throw new SyncException(SyncException.Why.OFFLINE, "There is nobody here who looks at a TPM.");
    }

    @Override
    public Optional<Signed> recoveryKey() throws SyncException {
        call();
        return Optional.empty();
    }

    @Override
    public Optional<Signed> recoveryGrant() throws SyncException {
        call();
        return Optional.empty();
    }

    @Override
    public void putRecoveryGrant(Signed grant) throws SyncException {
        call();
    }

    @Override
    public synchronized List<VaultRecord> vaults() throws SyncException {
        call();
        List<VaultRecord> records = new ArrayList<>();
        logs.forEach((vault, log) -> records.add(new VaultRecord(
                vault,
                List.of(),
                log.size(),
                log.isEmpty() ? Digest.ZERO : log.getLast().hash())));
        return records;
    }

    @Override
    public void createVault(Id vault, Signed key) throws SyncException {
        call();
        // As the real one: whoever comes second has wrapped the key anew, and brings other bytes.
        if (logs.containsKey(vault)) {
            throw SyncException.ofRefusal(Refusal.CONFLICT);
        }
        vault(vault);
    }

    @Override
    public synchronized List<Commit> commits(Id vault, long after) throws SyncException {
        call();
        List<Commit> log = logs.get(vault);
        return List.copyOf(log.subList((int) Math.min(after, log.size()), (int) Math.min(after + 3, log.size())));
    }

    @Override
    public synchronized void append(Id vault, Commit commit) throws SyncException {
        call();
        List<Commit> log = logs.get(vault);
        try {
            CommitHeader header = commit.unverifiedHeader();
            Digest head = log.isEmpty() ? Digest.ZERO : log.getLast().hash();
            if (!header.parent().equals(head)) {
                throw SyncException.ofRefusal(Refusal.HEAD_MOVED);
            }
            if (!chunks.keySet().containsAll(header.chunks())) {
                throw SyncException.ofRefusal(Refusal.CHUNK_MISSING);
            }
            log.add(commit);
        } catch (MalformedException e) {
            throw SyncException.ofRefusal(Refusal.MALFORMED);
        }
    }

    @Override
    public synchronized List<Digest> missing(Id vault, List<Digest> asked) throws SyncException {
        call();
        return asked.stream().filter(chunk -> !chunks.containsKey(chunk)).toList();
    }

    @Override
    public void putChunk(Id vault, Digest chunk, byte[] ciphertext) throws SyncException {
        call();
        synchronized (this) {
            chunksTaken.incrementAndGet();
            chunks.put(chunk, ciphertext);
        }
    }

    @Override
    public synchronized Optional<byte[]> chunk(Id vault, Digest chunk) throws SyncException {
        call();
        return Optional.ofNullable(chunks.get(chunk));
    }

    @Override
    public List<DeviceRecord> devices() {
        return List.of();
    }

    @Override
    public void putGrant(Id device, Signed grant) {}

    @Override
    public Optional<Signed> grant() {
        return Optional.empty();
    }

    @Override
    public byte[] renewCertificate(byte[] signingRequest) throws SyncException {
        throw SyncException.ofRefusal(Refusal.MALFORMED);
    }

    @Override
    public void close() {}

    @Override
    public void selfDestruction(Signed statement, @Nullable Signed receipt) throws SyncException {
        throw SyncException.ofRefusal(Refusal.MALFORMED);
    }

    /// It is a server from before there were shares.
    @Override
    public Optional<SignedPolicy> policy(PolicyKind<?> kind) {
        return Optional.empty();
    }

    @Override
    public ShareKey registerShare(Id slot, VerifyingKey confirmation) throws SyncException {
        throw SyncException.ofRefusal(Refusal.NOT_FOUND);
    }

    @Override
    public Answer evaluateShare(Id slot, byte[] element) throws SyncException {
        throw SyncException.ofRefusal(Refusal.NOT_FOUND);
    }

    @Override
    public void confirmShare(Id slot, Signed confirmation) throws SyncException {
        throw SyncException.ofRefusal(Refusal.NOT_FOUND);
    }

    @Override
    public Lease.Granted lease(Id slot, LeaseRequest request) throws SyncException {
        throw SyncException.ofRefusal(Refusal.NOT_FOUND);
    }
}
