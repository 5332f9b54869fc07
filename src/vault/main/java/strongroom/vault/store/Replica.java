package strongroom.vault.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.catalog.Change;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.catalog.Tree;

/// One vault's log on this device: the tree is what the server's commits make, then what the pending ones make of
/// that. Commits from the server go below the pending ones, which are signed again to follow them. Every method
/// that takes a connection is inside a transaction of the caller's; if that fails, {@link #load} is called before
/// anything else. Not safe for several threads.
final class Replica {
    private static final int OPERATIONS_AT_ONCE = 50_000;

    private final Id vault;
    private final VaultKeys keys;
    private final ContentLists lists;
    private final Catalogue catalogue;
    private final RandomGenerator random;
    private final List<Pending> pending = new ArrayList<>();
    private boolean broken;
    private boolean ahead;
    private List<Operation> lost = List.of();

    Replica(Id vault, VaultKeys keys, ContentLists lists, SealedRows rows, RandomGenerator random) {
        this.vault = vault;
        this.keys = keys;
        this.lists = lists;
        this.catalogue = new Catalogue(rows, vault);
        this.random = random;
    }

    Id vault() {
        return vault;
    }

    VaultKeys keys() {
        return keys;
    }

    Tree tree() {
        return catalogue.tree();
    }

    List<Damage> damages() {
        return catalogue.damages();
    }

    /// Makes the first rows of a vault that is new here. Where only its key was lost, its rows are here and are
    /// read; where they are gone, too, its log must come once more.
    void begin(Database database, Connection connection) throws SQLException, StoreException {
        if (Catalogue.isThere(connection, vault)) {
            load(database, false);
            return;
        }
        long known = Heads.of(connection, vault).sequence();
        long first = LogTable.INBOX
                .first(connection, vault)
                .map(LogTable.Row::sequence)
                .orElse(0L);
        if (known > 0 && first != 1) {
            Replays.want(connection, vault);
        }
        catalogue.conclude(connection, LogState.NEW.applied(), LogState.NEW.tip());
    }

    /// What is in a folder, before anything was loaded; empty if that cannot be told so early.
    Optional<List<Node>> peek(Database database, Id folder) throws StoreException {
        return catalogue.peek(database, folder);
    }

    /// Reads everything. @param twice also what is there twice, as a check
    void load(Database database, boolean twice) throws StoreException {
        Map<Id, Node> drafts = catalogue.load(database, twice);
        pending.clear();
        lost = List.of();
        broken = false;
        ahead = false;
        for (LogTable.Row row :
                database.read(connection -> LogTable.OUTBOX.from(connection, vault, 0, Integer.MAX_VALUE))) {
            try {
                Commit commit = row.commit();
                CommitHeader header = commit.unverifiedHeader();
                Change change = keys.open(header.epoch(), commit.body());
                Exchange.Head at = new Exchange.Head(row.sequence(), commit.hash());
                pending.add(new Pending(at, commit, header.epoch(), header.chunks(), change, tree().apply(change)));
            } catch (MalformedException | NotAuthenticException | StoreException e) {
                broken = true;
                catalogue.damaged(vault.toString(), "A change that waits to be sent is damaged; it was left out.");
            }
        }
        if (broken) {
            lost = Salvage.operations(tree(), drafts);
        }
        Exchange.Head tip = catalogue.state().tip();
        Digest known = database.read(connection -> Heads.at(connection, vault, tip.sequence()));
        boolean there = pending.isEmpty()
                ? known.equals(tip.hash()) || tip.sequence() == 0
                : pending.getLast().at().equals(tip);
        if (!there && !broken) {
            catalogue.damaged(vault.toString(), "Changes made on this device that were not sent yet are gone.");
        }
    }

    private Exchange.Head tip() {
        return pending.isEmpty() ? catalogue.state().tip() : pending.getLast().at();
    }

    /// Makes a change durable: draft rows, commits and the chunks they need in one transaction. A commit holds a
    /// limited number of operations and of chunks; more of either take several, the first ones for chunks alone.
    void commit(Connection connection, Author author, Change change, Collection<Digest> fresh)
            throws SQLException, StoreException {
        List<Digest> chunks = List.copyOf(fresh);
        List<Operation> operations = change.operations();
        Transfers.send(connection, vault, chunks);
        Set<Id> touched = new HashSet<>();
        int chunk = 0;
        while (chunks.size() - chunk > CommitHeader.CHUNK_LIMIT) {
            List<Digest> part = chunks.subList(chunk, chunk + CommitHeader.CHUNK_LIMIT);
            append(connection, author, part(change, List.of()), part);
            chunk += CommitHeader.CHUNK_LIMIT;
        }
        int from = 0;
        while (operations.size() - from > OPERATIONS_AT_ONCE) {
            Change part = part(change, operations.subList(from, from + OPERATIONS_AT_ONCE));
            touched.addAll(append(connection, author, part, chunks.subList(chunk, chunks.size())));
            chunk = chunks.size();
            from += OPERATIONS_AT_ONCE;
        }
        Change last = part(change, operations.subList(from, operations.size()));
        touched.addAll(append(connection, author, last, chunks.subList(chunk, chunks.size())));
        catalogue.draft(connection, touched);
        catalogue.conclude(connection, catalogue.state().applied(), tip());
    }

    private Change part(Change change, List<Operation> operations) {
        return new Change(Id.random(random), change.made(), change.device(), operations);
    }

    /// @return the entries that it touched
    private Set<Id> append(Connection connection, Author author, Change change, List<Digest> chunks)
            throws SQLException, StoreException {
        int epoch = keys.current();
        byte[] body = keys.seal(change, epoch, random);
        if (body.length > Commit.BODY_LIMIT) {
            throw new StoreException(StoreException.Why.IO, "This is too much for one change.");
        }
        Exchange.Head parent = tip();
        Commit commit = author.commit(vault, parent, epoch, body, chunks);
        LogTable.OUTBOX.insert(connection, vault, parent.sequence() + 1, parent.hash(), commit);
        Exchange.Head at = new Exchange.Head(parent.sequence() + 1, commit.hash());
        Tree.Undo undo = tree().apply(change);
        pending.add(new Pending(at, commit, epoch, List.copyOf(chunks), change, undo));
        return undo.touched();
    }

    /// Shows what waits in the inbox, in memory alone, since it cannot be written down now: on a full disk a vault
    /// would otherwise look as if what the server took had never been. {@link #load} comes before anything else
    /// then.
    void look(Connection connection, Authors authors) throws SQLException, StoreException {
        Exchange.Head applied = catalogue.state().applied();
        List<LogTable.Row> rows = LogTable.INBOX.from(connection, vault, applied.sequence() + 1, Integer.MAX_VALUE);
        List<Incoming> incoming = Incoming.check(vault, keys, rows, applied, Heads.of(connection, vault), authors)
                .good();
        for (Pending change : pending.reversed()) {
            tree().undo(change.undo());
        }
        Set<Id> done = new HashSet<>();
        for (Incoming commit : incoming) {
            tree().apply(commit.change());
            done.add(commit.change().id());
        }
        for (Pending change : pending) {
            if (!done.contains(change.change().id())) {
                tree().apply(change.change());
            }
        }
        ahead = true;
    }

    /// Whether memory shows more than the rows hold; see {@link #look}.
    boolean isAhead() {
        return ahead;
    }

    /// Writes the whole catalogue anew if some of it is damaged in one of two places, and nothing else is.
    ///
    /// @return whether it did
    boolean mend(Connection connection, @Nullable Author author) throws SQLException, StoreException {
        if (!catalogue.isMendable()) {
            return false;
        }
        for (Pending change : pending.reversed()) {
            tree().undo(change.undo());
        }
        catalogue.mend(connection);
        Exchange.Head applied = catalogue.state().applied();
        rebase(connection, applied, Set.of(), author);
        catalogue.conclude(connection, applied, pending.isEmpty() ? applied : tip());
        return true;
    }

    /// What {@link #fold} did.
    ///
    /// @param changed whether the tree may look different @param dropped contents that an entry no longer has
    /// @param current what the entries that changed have for content
    /// @param past what they had before, or have in the trash
    /// @param forged whether the server sent what nobody wrote; it was taken out
    record Folded(boolean changed, List<Content> dropped, List<Content> current, List<Content> past, boolean forged) {
        private static final Folded NOTHING = new Folded(false, List.of(), List.of(), List.of(), false);
        private static final Folded FORGED = new Folded(false, List.of(), List.of(), List.of(), true);
    }

    /// Takes in what the server has accepted or sent.
    ///
    /// @param author signs pending commits again; null if there cannot be any @param now for what is made anew
    Folded fold(Connection connection, Authors authors, @Nullable Author author, Instant now)
            throws SQLException, StoreException {
        boolean anew = Replays.isComplete(connection, vault);
        Exchange.Head applied =
                anew ? LogState.NEW.applied() : catalogue.state().applied();
        List<LogTable.Row> rows = new ArrayList<>();
        if (anew) {
            rows.addAll(LogTable.REPLAY.from(connection, vault, 1, Integer.MAX_VALUE));
        }
        long last = rows.isEmpty() ? applied.sequence() : rows.getLast().sequence();
        rows.addAll(LogTable.INBOX.from(connection, vault, last + 1, Integer.MAX_VALUE));
        Incoming.Checked checked = Incoming.check(vault, keys, rows, applied, Heads.of(connection, vault), authors);
        List<Incoming> incoming = checked.good();
        Incoming.@Nullable Bad bad = checked.bad();
        if (anew) {
            Replays.drop(connection, vault);
            if (bad != null
                    || incoming.size() < rows.size()
                    || !reaches(incoming, catalogue.state().applied())) {
                // The log does not tell: what is here stays as it is.
                return Folded.NOTHING;
            }
        }
        boolean forged = bad != null && RefusedCommits.takeOut(connection, vault, bad);
        boolean changed = !incoming.isEmpty() || broken;
        if (incoming.isEmpty() && !broken && !catalogue.wantsPages()) {
            return forged ? Folded.FORGED : Folded.NOTHING;
        }
        if (anew) {
            catalogue.clear(connection);
        } else {
            for (Pending change : pending.reversed()) {
                tree().undo(change.undo());
            }
        }
        Map<Id, Content> before = new HashMap<>();
        List<Node> nodesBefore = new ArrayList<>();
        Set<Id> touched = new HashSet<>();
        Set<Id> changes = new HashSet<>();
        for (Incoming commit : incoming) {
            Tree.Undo undo = tree().apply(commit.change());
            undo.contentsBefore().forEach(content -> before.put(content.revision(), content));
            nodesBefore.addAll(undo.nodesBefore());
            touched.addAll(undo.touched());
            changes.add(commit.change().id());
            applied = commit.at();
        }
        List<Content> current = new ArrayList<>();
        List<Content> past = new ArrayList<>();
        for (Id id : touched) {
            @Nullable Node node = tree().recorded(id);
            if (node != null && node.content() != null) {
                (node.isRemoved() ? past : current).add(node.content());
                node.earlier().forEach(version -> past.add(version.content()));
            }
        }
        current.forEach(content -> before.remove(content.revision()));
        past.forEach(content -> before.remove(content.revision()));
        catalogue.settle(connection, touched, nodesBefore);
        LogTable.INBOX.deleteUntil(connection, vault, applied.sequence());
        rebase(connection, applied, changes, author);
        catalogue.conclude(connection, applied, pending.isEmpty() ? applied : tip());
        restore(connection, author, now);
        return new Folded(changed, List.copyOf(before.values()), current, past, forged);
    }

    /// Whether a log holds what was applied before. The hashes that a replay is checked against are not sealed: who
    /// writes to the disk and to the server could cut both.
    private static boolean reaches(List<Incoming> log, Exchange.Head applied) {
        return !log.isEmpty()
                && (applied.sequence() == 0
                        || log.stream().anyMatch(commit -> commit.at().equals(applied)));
    }

    /// Puts the pending changes behind `applied`; those among `done` are there already.
    private void rebase(Connection connection, Exchange.Head applied, Set<Id> done, @Nullable Author author)
            throws SQLException, StoreException {
        List<Pending> kept = pending.stream()
                .filter(change -> !done.contains(change.change().id()))
                .toList();
        boolean fits = !broken && (kept.isEmpty() || kept.getFirst().follows(applied));
        pending.clear();
        if (!fits) {
            LogTable.OUTBOX.deleteUntil(connection, vault, Long.MAX_VALUE);
        }
        Set<Id> touched = new HashSet<>();
        Exchange.Head parent = applied;
        for (Pending old : kept) {
            Commit commit = fits ? old.commit() : signAgain(old, parent, author);
            if (!fits) {
                LogTable.OUTBOX.insert(connection, vault, parent.sequence() + 1, parent.hash(), commit);
            }
            parent = new Exchange.Head(parent.sequence() + 1, commit.hash());
            Tree.Undo undo = tree().apply(old.change());
            touched.addAll(undo.touched());
            pending.add(new Pending(parent, commit, old.epoch(), old.chunks(), old.change(), undo));
        }
        catalogue.dropDraftsExcept(connection, touched);
        if (!fits) {
            catalogue.draft(connection, touched);
        }
    }

    /// Makes a new commit of what a damaged one did, as far as the drafts tell.
    private void restore(Connection connection, @Nullable Author author, Instant now)
            throws SQLException, StoreException {
        broken = false;
        if (!lost.isEmpty()) {
            Author signer = signer(author);
            Change change = new Change(Id.random(random), now, signer.deviceName(), lost);
            lost = List.of();
            commit(connection, signer, change, chunks(change.operations()));
        }
    }

    private Set<Digest> chunks(List<Operation> operations) {
        Set<Digest> chunks = new HashSet<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.PutDocument put) {
                chunks.addAll(lists.all(put.content()));
            }
        }
        return chunks;
    }

    private Commit signAgain(Pending old, Exchange.Head parent, @Nullable Author author) throws StoreException {
        return signer(author).commit(vault, parent, old.epoch(), old.commit().body(), old.chunks());
    }

    private static Author signer(@Nullable Author author) throws StoreException {
        if (author == null) {
            throw new StoreException(StoreException.Why.NOT_LOCAL, "The key that signs changes is missing.");
        }
        return author;
    }

    /// All contents that any entry has or had, in the trash too, as the rows or the pending changes have it.
    List<Content> contents() {
        List<Content> found = new ArrayList<>();
        for (Node node : tree().all()) {
            node.contents().forEach(found::add);
        }
        for (Pending change : pending) {
            found.addAll(change.undo().contentsBefore());
        }
        return found;
    }

    /// The chunks that commits name which the server has not accepted: it may still ask for them.
    Set<Digest> unsent() {
        Set<Digest> found = new HashSet<>();
        pending.forEach(change -> found.addAll(change.chunks()));
        return found;
    }
}
