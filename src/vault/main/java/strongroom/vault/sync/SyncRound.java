package strongroom.vault.sync;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Commit;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.store.Exchange;
import strongroom.vault.store.StoreException;
import strongroom.vault.sync.SyncException.Why;

/// One contact: compare heads, take commits, send chunks and then the commits that name them, fetch chunks. It may
/// break anywhere and begin again. A server that shows less than it showed before is believed nothing: nothing is
/// sent to it and nothing here is deleted.
final class SyncRound {
    private final SyncServer server;
    private final Exchange exchange;
    private final ChunkTransfer chunks;
    private final Inbox inbox;

    /// Hears that there is something for the window.
    @FunctionalInterface
    interface Inbox {
        void changed(Id vault);
    }

    SyncRound(SyncServer server, Exchange exchange, ChunkTransfer chunks, Inbox inbox) {
        this.server = server;
        this.exchange = exchange;
        this.chunks = chunks;
        this.inbox = inbox;
    }

    void run() throws SyncException, StoreException, InterruptedException {
        Map<Id, VaultRecord> records = new HashMap<>();
        for (VaultRecord record : server.vaults()) {
            records.put(record.vault(), record);
        }
        for (Id vault : exchange.vaults()) {
            compare(vault, exchange.head(vault), records.get(vault));
        }
        exchange.offerVaults(List.copyOf(records.values()));
        for (VaultRecord record : records.values()) {
            pull(record.vault(), record.sequence());
        }
        for (Id vault : records.keySet()) {
            replay(vault);
        }
        SyncException heldBack = null;
        for (Id vault : records.keySet()) {
            try {
                send(vault);
            } catch (SyncException e) {
                if (e.why() != Why.STORE) {
                    throw e;
                }
                heldBack = e;
            }
        }
        for (Id vault : records.keySet()) {
            if (chunks.fetchAll(vault)) {
                inbox.changed(vault);
            }
        }
        exchange.tidy();
        if (heldBack != null) {
            throw heldBack;
        }
    }

    private static void compare(Id vault, Exchange.Head head, @Nullable VaultRecord record) throws SyncException {
        if (head.sequence() == 0) {
            return;
        }
        if (record == null) {
            throw contradiction("The server does not know a vault any more (" + vault + ") that it had.");
        }
        if (record.sequence() < head.sequence()) {
            throw contradiction("The server shows an older state of the vault than it showed before.");
        }
        if (record.sequence() == head.sequence() && !record.head().equals(head.hash())) {
            throw contradiction("The server shows another history of the vault than it showed before.");
        }
    }

    private void pull(Id vault, long upTo) throws SyncException, StoreException {
        while (exchange.head(vault).sequence() < upTo) {
            if (!pullPage(vault)) {
                throw contradiction("The server announced changes and does not hand them out.");
            }
        }
    }

    /// @return whether the head moved
    private boolean pullPage(Id vault) throws SyncException, StoreException {
        long before = exchange.head(vault).sequence();
        List<Commit> page = server.commits(vault, before);
        if (page.size() > Wire.COMMIT_PAGE) {
            throw contradiction("The server sent more changes than were asked for.");
        }
        if (page.isEmpty()) {
            return false;
        }
        exchange.incoming(vault, page);
        inbox.changed(vault);
        return exchange.head(vault).sequence() > before;
    }

    /// Brings what the window wants once more.
    private void replay(Id vault) throws SyncException, StoreException {
        OptionalLong next = exchange.replayFrom(vault);
        while (next.isPresent()) {
            List<Commit> page = server.commits(vault, next.getAsLong() - 1);
            if (page.isEmpty()) {
                throw contradiction("The server does not hand out changes that it had.");
            }
            exchange.replayed(vault, page);
            next = exchange.replayFrom(vault);
            if (next.isEmpty()) {
                inbox.changed(vault);
            }
        }
    }

    private void send(Id vault) throws SyncException, StoreException, InterruptedException {
        chunks.sendAll(vault);
        for (Optional<Commit> next = exchange.outgoing(vault); next.isPresent(); next = exchange.outgoing(vault)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            append(vault, next.get());
        }
    }

    private void append(Id vault, Commit commit) throws SyncException, StoreException, InterruptedException {
        Refusal refusal = tryAppend(vault, commit);
        if (refusal == Refusal.CHUNK_MISSING) {
            // It had them and lost them (a restored backup): it gets them again, once.
            resend(vault, commit);
            refusal = tryAppend(vault, commit);
        }
        if (refusal == Refusal.CHUNK_MISSING) {
            // It loses what it takes, which is a fault and no lie: the next round begins with what it lacks.
            throw SyncException.ofRefusal(refusal);
        }
        if (refusal == Refusal.HEAD_MOVED) {
            if (!pullPage(vault)) {
                throw contradiction("The server says that the vault has changed and shows no change.");
            }
        } else if (refusal != null) {
            throw contradiction("The server does not take a change that it must take (" + refusal + ").");
        }
    }

    private @Nullable Refusal tryAppend(Id vault, Commit commit) throws SyncException, StoreException {
        try {
            server.append(vault, commit);
            exchange.accepted(vault, commit);
            return null;
        } catch (SyncException e) {
            Refusal refusal = e.refusal();
            boolean aboutTheCommit = refusal == Refusal.HEAD_MOVED
                    || refusal == Refusal.CHUNK_MISSING
                    || refusal == Refusal.MALFORMED
                    || refusal == Refusal.CONFLICT;
            if (aboutTheCommit) {
                return refusal;
            }
            throw e;
        }
    }

    private void resend(Id vault, Commit commit) throws SyncException, StoreException, InterruptedException {
        try {
            List<Digest> named = commit.unverifiedHeader().chunks();
            for (int from = 0; from < named.size(); from += Wire.CHUNK_PAGE) {
                List<Digest> page = named.subList(from, Math.min(from + Wire.CHUNK_PAGE, named.size()));
                if (!chunks.send(vault, page).isEmpty()) {
                    throw new SyncException(
                            Why.STORE,
                            "A part of a document on this device is damaged, so its change cannot be sent."
                                    + " Run verify.");
                }
            }
        } catch (MalformedException e) {
            throw new SyncException(Why.STORE, "A change in the store is damaged. Run verify.", e);
        }
    }

    private static SyncException contradiction(String what) {
        return new SyncException(
                Why.CONTRADICTS,
                what
                        + " Nothing is sent until this is cleared, and nothing here was deleted. Tell your administrator.");
    }
}
