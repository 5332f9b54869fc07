package strongroom.vault.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VaultRecord;

/// An honest server in memory: one log, chunks, the compare-and-set of the real one.
final class MemoryServer {
    final List<Commit> log = new ArrayList<>();
    final Map<Digest, byte[]> chunks = new HashMap<>();

    /// Whether it took the commit; false if its head has moved on, or a chunk that it names has not come yet.
    boolean append(Commit commit) throws Exception {
        CommitHeader header = commit.unverifiedHeader();
        Digest head = log.isEmpty() ? Digest.ZERO : log.getLast().hash();
        if (header.sequence() != log.size() + 1 || !header.parent().equals(head)) {
            return false;
        }
        for (Digest chunk : header.chunks()) {
            if (!chunks.containsKey(chunk)) {
                return false;
            }
        }
        log.add(commit);
        return true;
    }

    /// What it says of a vault, without keys.
    VaultRecord record(Id vault) {
        return new VaultRecord(
                vault,
                List.of(),
                log.size(),
                log.isEmpty() ? Digest.ZERO : log.getLast().hash());
    }

    List<Commit> after(long sequence) {
        return List.copyOf(log.subList((int) sequence, log.size()));
    }

    /// What an agent does in one round: everything down, everything up. @return whether all went up
    boolean sync(Exchange exchange, Id vault) throws Exception {
        pull(exchange, vault);
        return push(exchange, vault);
    }

    void pull(Exchange exchange, Id vault) throws Exception {
        exchange.incoming(vault, after(exchange.head(vault).sequence()));
        for (var next = exchange.replayFrom(vault); next.isPresent(); next = exchange.replayFrom(vault)) {
            exchange.replayed(vault, after(next.getAsLong() - 1).subList(0, 1));
        }
        for (Digest chunk : exchange.chunksToFetch(vault, 10_000)) {
            byte[] bytes = chunks.get(chunk);
            if (bytes == null) {
                exchange.missing(vault, chunk);
            } else {
                exchange.fetched(vault, chunk, bytes);
            }
        }
    }

    boolean push(Exchange exchange, Id vault) throws Exception {
        for (Digest chunk : exchange.chunksToSend(vault, 10_000)) {
            chunks.putIfAbsent(chunk, exchange.chunk(vault, chunk));
            exchange.chunksSent(vault, List.of(chunk));
        }
        for (var next = exchange.outgoing(vault); next.isPresent(); next = exchange.outgoing(vault)) {
            if (!append(next.get())) {
                return false;
            }
            exchange.accepted(vault, next.get());
        }
        return exchange.pendingCommits() == 0;
    }
}
