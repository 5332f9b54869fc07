package strongroom.vault.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Tree;

/// A vault's tree and the sealed rows it is loaded from: the entries as the server's log says, and drafts of what
/// changes made of them that the server has not taken. Not safe for several threads.
final class Catalogue {
    private final SealedRows rows;
    private final Id vault;
    private final MarkedRows entries;
    private final MarkedRows drafts;
    private final List<Damage> damages = new ArrayList<>();
    private Tree tree;
    private LogState state = LogState.NEW;
    private long generation;

    Catalogue(SealedRows rows, Id vault) {
        this.rows = rows;
        this.vault = vault;
        this.entries = new MarkedRows(rows, SealedRows.Kind.ENTRY, vault);
        this.drafts = new MarkedRows(rows, SealedRows.Kind.DRAFT, vault);
        this.tree = new Tree(vault);
    }

    Tree tree() {
        return tree;
    }

    LogState state() {
        return state;
    }

    List<Damage> damages() {
        return List.copyOf(damages);
    }

    void damaged(String what, String sentence) {
        damages.add(new Damage(what, sentence));
    }

    /// Reads the rows; what does not open is left out and named. @return the drafts that open
    Map<Id, Node> load(Connection connection) throws SQLException {
        damages.clear();
        tree = new Tree(vault);
        Map<Id, Node> drafted = new HashMap<>();
        Optional<LogState> sealed = loadState(connection);
        entries.load(connection, Node::of, tree::load, this::entryDamaged);
        drafts.load(
                connection,
                Node::of,
                node -> drafted.put(node.id(), node),
                id -> damaged(id.toString(), "The record of a change that was not sent yet is damaged."));
        if (sealed.isPresent()) {
            state = sealed.get();
            checkMarks(entries, state.entries().equals(entries.marks()), state);
            if (!state.drafts().equals(drafts.marks())) {
                damaged(
                        vault.toString(),
                        "Records of changes that were not sent yet are older than they were, or gone.");
            }
        } else {
            state = stateFromLog(connection);
        }
        adoptOrphans();
        return drafted;
    }

    private Optional<LogState> loadState(Connection connection) throws SQLException {
        Optional<SealedRows.Row> row = SealedRows.find(connection, SealedRows.Kind.STATE, vault, vault);
        generation = row.map(SealedRows.Row::version).orElse(0L);
        if (row.isPresent()) {
            try {
                return Optional.of(LogState.of(rows.open(row.get())));
            } catch (NotAuthenticException | MalformedException e) {
                // Said below.
                generation++;
            }
        }
        damaged(vault.toString(), "The record of how far the vault's catalogue is, is damaged; it was made anew.");
        return Optional.empty();
    }

    /// What the state must have been, if the unsealed tables are right.
    private LogState stateFromLog(Connection connection) throws SQLException {
        Exchange.Head applied = Heads.of(connection, vault);
        Optional<LogTable.Row> waiting = LogTable.INBOX.first(connection, vault);
        if (waiting.isPresent()) {
            applied = new Exchange.Head(
                    waiting.get().sequence() - 1, waiting.get().parent());
        }
        return new LogState(applied, applied, entries.marks(), drafts.marks());
    }

    private void entryDamaged(Id id) {
        damaged(id.toString(), "The record of a document or folder is damaged: it cannot be shown.");
    }

    private void checkMarks(MarkedRows table, boolean match, LogState expected) {
        if (match) {
            return;
        }
        List<Id> replayed = table.replayed(expected.entries());
        if (replayed.isEmpty()) {
            damaged(
                    vault.toString(),
                    "Records of documents or folders were taken away or put back to an older version.");
        }
        for (Id id : replayed) {
            damaged(id.toString(), "The record of a document or folder was put back to an older version.");
        }
    }

    /// A folder whose row is damaged is shown under a made-up name as long as something is in it.
    private void adoptOrphans() {
        for (Node node : List.copyOf(tree.all())) {
            @Nullable Node parent = tree.recorded(node.parent());
            if (!node.isRemoved() && (parent == null || parent.isRemoved())) {
                String name = tree.freeName(
                        tree.root(),
                        "damaged folder " + node.parent().toString().substring(0, 8));
                tree.load(Node.folder(node.parent(), tree.root(), name, node.added()));
            }
        }
    }

    /// Begins anew with an empty tree; nothing is damaged any more.
    void clear(Connection connection) throws SQLException {
        entries.clear(connection);
        damages.clear();
        tree = new Tree(vault);
    }

    /// Whether a vault has been here before: then its state has a row.
    static boolean isThere(Connection connection, Id vault) throws SQLException {
        return SealedRows.find(connection, SealedRows.Kind.STATE, vault, vault).isPresent();
    }

    /// Writes what the tree now says of these entries to the rows, for good.
    void settle(Connection connection, Collection<Id> touched) throws SQLException {
        write(connection, entries, touched);
    }

    /// Writes what the tree now says of these entries to the drafts.
    void draft(Connection connection, Collection<Id> touched) throws SQLException {
        write(connection, drafts, touched);
    }

    /// Removes the drafts of all entries but these.
    void dropDraftsExcept(Connection connection, Collection<Id> kept) throws SQLException {
        Set<Id> useless = new HashSet<>(drafts.ids());
        useless.removeAll(kept);
        drafts.write(connection, generation + 1, useless, id -> null);
    }

    private void write(Connection connection, MarkedRows table, Collection<Id> touched) throws SQLException {
        table.write(connection, generation + 1, touched, id -> {
            @Nullable Node node = tree.recorded(id);
            return node == null ? null : node.toByteArray();
        });
    }

    /// Seals how far it is; the last thing in each transaction.
    void conclude(Connection connection, Exchange.Head applied, Exchange.Head tip) throws SQLException {
        generation++;
        state = new LogState(applied, tip, entries.marks(), drafts.marks());
        rows.put(connection, SealedRows.Kind.STATE, vault, vault, generation, state.toByteArray());
    }
}
