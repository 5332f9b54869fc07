package strongroom.vault.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;
import strongroom.vault.store.Exchange;
import strongroom.vault.store.StoreException;

/// Moves the ciphertext of one contact, several chunks at a time. Every chunk is confirmed on its own or in small
/// groups, so what a break leaves to do is little, and doing it twice does no harm.
final class ChunkTransfer {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkTransfer.class);
    private static final int LANES = 4;
    private static final int CONFIRM = 32;
    private static final int FETCH_PAGE = 256;

    private final SyncServer server;
    private final Exchange exchange;
    private final Progress progress;
    private final AtomicInteger up = new AtomicInteger();
    private final AtomicInteger down = new AtomicInteger();

    /// Hears how much is left, as far as known; called often and from several threads.
    @FunctionalInterface
    interface Progress {
        void left(int chunksUp, int chunksDown);
    }

    ChunkTransfer(SyncServer server, Exchange exchange, Progress progress) {
        this.server = server;
        this.exchange = exchange;
        this.progress = progress;
    }

    /// Sends what the store has for the server. A chunk that is damaged here is passed over and named in the log:
    /// the commit that needs it stays behind, everything else goes on.
    void sendAll(Id vault) throws SyncException, StoreException, InterruptedException {
        Set<Digest> unreadable = new HashSet<>();
        while (true) {
            List<Digest> waiting = exchange.chunksToSend(vault, Wire.CHUNK_PAGE);
            List<Digest> batch = waiting.stream()
                    .filter(chunk -> !unreadable.contains(chunk))
                    .toList();
            if (batch.isEmpty()) {
                return;
            }
            unreadable.addAll(send(vault, batch));
        }
    }

    /// Sends those of `chunks` that the server does not have.
    ///
    /// @return those that cannot be read here
    Set<Digest> send(Id vault, List<Digest> chunks) throws SyncException, StoreException, InterruptedException {
        Set<Digest> missing = new HashSet<>(server.missing(vault, chunks));
        List<Digest> there =
                chunks.stream().filter(chunk -> !missing.contains(chunk)).toList();
        if (!there.isEmpty()) {
            exchange.chunksSent(vault, there);
        }
        List<Digest> sending = chunks.stream().filter(missing::contains).toList();
        up.addAndGet(sending.size());
        Set<Digest> unreadable = ConcurrentHashMap.newKeySet();
        List<Digest> sent = new ArrayList<>();
        try {
            Lanes.each(LANES, sending, chunk -> {
                Optional<byte[]> ciphertext = read(vault, chunk);
                if (ciphertext.isEmpty()) {
                    unreadable.add(chunk);
                    return;
                }
                put(vault, chunk, ciphertext.get());
                confirm(vault, chunk, sent);
                progress.left(up.decrementAndGet(), down.get());
            });
        } finally {
            flush(vault, sent);
        }
        up.addAndGet(-unreadable.size());
        return unreadable;
    }

    private void put(Id vault, Digest chunk, byte[] ciphertext) throws SyncException {
        try {
            server.putChunk(vault, chunk, ciphertext);
        } catch (SyncException e) {
            // Another device was faster with the same content. Whether what stands there is authentic shows when a
            // window reads it, as with every chunk.
            if (e.refusal() != Refusal.CHUNK_DIFFERS) {
                throw e;
            }
        }
    }

    private void confirm(Id vault, Digest chunk, List<Digest> sent) throws StoreException {
        List<Digest> group = List.of();
        synchronized (sent) {
            sent.add(chunk);
            if (sent.size() >= CONFIRM) {
                group = List.copyOf(sent);
                sent.clear();
            }
        }
        if (!group.isEmpty()) {
            exchange.chunksSent(vault, group);
        }
    }

    private void flush(Id vault, List<Digest> sent) throws StoreException {
        List<Digest> rest;
        synchronized (sent) {
            rest = List.copyOf(sent);
            sent.clear();
        }
        if (!rest.isEmpty()) {
            exchange.chunksSent(vault, rest);
        }
    }

    private Optional<byte[]> read(Id vault, Digest chunk) throws StoreException {
        try {
            return Optional.of(exchange.chunk(vault, chunk));
        } catch (StoreException e) {
            if (e.why() == StoreException.Why.DAMAGED || e.why() == StoreException.Why.NOT_LOCAL) {
                LOG.warn("chunk {} cannot be read here; passed over", chunk);
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Fetches what commits name and this device does not have.
    ///
    /// @return whether anything came
    boolean fetchAll(Id vault) throws SyncException, StoreException, InterruptedException {
        boolean came = false;
        while (true) {
            List<Digest> batch = exchange.chunksToFetch(vault, FETCH_PAGE);
            if (batch.isEmpty()) {
                return came;
            }
            down.set(batch.size());
            Lanes.each(LANES, batch, chunk -> {
                Optional<byte[]> ciphertext = server.chunk(vault, chunk);
                if (ciphertext.isPresent()) {
                    exchange.fetched(vault, chunk, ciphertext.get());
                } else {
                    LOG.warn("the server does not have chunk {}", chunk);
                    exchange.missing(vault, chunk);
                }
                progress.left(up.get(), down.decrementAndGet());
            });
            came = true;
        }
    }
}
