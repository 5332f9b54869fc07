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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Tree;

/// A vault's tree and the sealed rows it is loaded from: the entries as the server's log says, and drafts of what
/// changes made of them that the server has not taken. The entries are read from pages where those are right; see
/// {@link FolderPages}. Not safe for several threads.
final class Catalogue {
    /// How many drafts are looked through for one folder; more are read once, with everything else.
    private static final int FEW = 1_000;

    private final SealedRows rows;
    private final Id vault;
    private final MarkedRows entries;
    private final MarkedRows drafts;
    private final FolderPages pages;
    private final List<Damage> damages = new ArrayList<>();
    /// Of what is here twice, and whole once.
    private final List<Damage> copies = new ArrayList<>();
    private Tree tree;
    private LogState state = LogState.NEW;
    private long generation;
    private boolean pagesStand;

    Catalogue(SealedRows rows, Id vault) {
        this.rows = rows;
        this.vault = vault;
        this.entries = new MarkedRows(rows, SealedRows.Kind.ENTRY, vault);
        this.drafts = new MarkedRows(rows, SealedRows.Kind.DRAFT, vault);
        this.pages = new FolderPages(rows, vault);
        this.tree = new Tree(vault);
    }

    Tree tree() {
        return tree;
    }

    LogState state() {
        return state;
    }

    List<Damage> damages() {
        return Stream.concat(damages.stream(), copies.stream()).toList();
    }

    /// Whether {@link #mend} helps: everything is known, and some of it is damaged in one of two places.
    boolean isMendable() {
        return damages.isEmpty() && !copies.isEmpty();
    }

    void damaged(String what, String sentence) {
        damages.add(new Damage(what, sentence));
    }

    /// Reads pages or rows; what does not open is left out and named.
    ///
    /// @param everything also the rows that pages stand for, as a check @return the drafts that open
    Map<Id, Node> load(Database database, boolean everything) throws StoreException {
        damages.clear();
        copies.clear();
        tree = new Tree(vault);
        Map<Id, Node> drafted = new HashMap<>();
        Optional<LogState> sealed = database.read(this::loadState);
        pagesStand = sealed.isPresent() && loadPages(database, sealed.get().entries());
        if (!pagesStand && pages.areThere()) {
            copies.add(new Damage(
                    vault.toString(), "The short list of documents and folders is damaged; it is made anew."));
        }
        if (!pagesStand) {
            entries.load(database, Node::of, tree::load, this::entryDamaged);
        } else if (everything) {
            checkRows(database);
        }
        drafts.load(
                database,
                Draft::of,
                draft -> {
                    if (draft.node() != null) {
                        drafted.put(draft.entry(), draft.node());
                    }
                },
                id -> damaged(id.toString(), "The record of a change that was not sent yet is damaged."));
        if (sealed.isPresent()) {
            state = sealed.get();
            checkMarks(entries, state.entries());
            if (!state.drafts().equals(drafts.marks())) {
                damaged(
                        vault.toString(),
                        "Records of changes that were not sent yet are older than they were, or gone.");
            }
        } else {
            state = database.read(this::stateFromLog);
        }
        adoptOrphans();
        return drafted;
    }

    private boolean loadPages(Database database, Digest marks) throws StoreException {
        Optional<List<FolderPages.Versioned>> paged = pages.load(database, marks);
        if (paged.isEmpty()) {
            return false;
        }
        Map<Id, Long> versions = HashMap.newHashMap(paged.get().size());
        for (FolderPages.Versioned entry : paged.get()) {
            tree.load(entry.node());
            versions.put(entry.node().id(), entry.version());
        }
        entries.adopt(versions, marks);
        return true;
    }

    /// What is in a folder, without reading more than its pages and the drafts; empty if those do not say. Needs
    /// nothing to be loaded, and may be called while something is.
    Optional<List<Node>> peek(Database database, Id folder) throws StoreException {
        Optional<LogState> sealed = database.read(connection ->
                SealedRows.find(connection, SealedRows.Kind.STATE, vault, vault).flatMap(this::open));
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Node>> settled = database.read(
                connection -> pages.children(connection, sealed.get().entries(), folder));
        if (settled.isEmpty()
                || database.read(connection -> SealedRows.count(connection, SealedRows.Kind.DRAFT, vault)) > FEW) {
            return Optional.empty();
        }
        Map<Id, Node> found = new HashMap<>();
        settled.get().forEach(node -> found.put(node.id(), node));
        MarkedRows changed = new MarkedRows(rows, SealedRows.Kind.DRAFT, vault);
        boolean[] whole = {true};
        changed.load(
                database,
                Draft::of,
                draft -> {
                    found.remove(draft.entry());
                    @Nullable Node node = draft.node();
                    if (node != null && node.parent().equals(folder) && !node.isRemoved()) {
                        found.put(node.id(), node);
                    }
                    // The folder itself may be gone.
                    whole[0] &= !draft.entry().equals(folder);
                },
                _ -> whole[0] = false);
        return whole[0] && changed.marks().equals(sealed.get().drafts())
                ? Optional.of(List.copyOf(found.values()))
                : Optional.empty();
    }

    private Optional<LogState> open(SealedRows.Row row) {
        try {
            return Optional.of(LogState.of(rows.open(row)));
        } catch (NotAuthenticException | MalformedException e) {
            return Optional.empty();
        }
    }

    /// Whether the pages are to be written anew: they do not stand for the rows, and the rows are right.
    boolean wantsPages() {
        return !pagesStand && damages.isEmpty();
    }

    private Optional<LogState> loadState(Connection connection) throws SQLException {
        Optional<SealedRows.Row> row = SealedRows.find(connection, SealedRows.Kind.STATE, vault, vault);
        generation = row.map(SealedRows.Row::version).orElse(0L);
        Optional<LogState> opened = row.flatMap(this::open);
        if (opened.isPresent()) {
            return opened;
        }
        if (row.isPresent()) {
            generation++;
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

    private void checkMarks(MarkedRows table, Digest expected) {
        if (table.marks().equals(expected)) {
            return;
        }
        List<Id> replayed = table.replayed(expected);
        if (replayed.isEmpty()) {
            damaged(
                    vault.toString(),
                    "Records of documents or folders were taken away or put back to an older version.");
        }
        for (Id id : replayed) {
            damaged(id.toString(), "The record of a document or folder was put back to an older version.");
        }
    }

    /// Whether the rows say what the pages say.
    private void checkRows(Database database) throws StoreException {
        MarkedRows read = new MarkedRows(rows, SealedRows.Kind.ENTRY, vault);
        Set<Id> missing = new HashSet<>(entries.ids());
        read.load(
                database,
                Node::of,
                node -> {
                    if (node.equals(tree.recorded(node.id()))) {
                        missing.remove(node.id());
                    }
                },
                _ -> {});
        for (Id id : missing) {
            copies.add(new Damage(
                    id.toString(),
                    "One of the two records of a document or folder is damaged; the other one is whole."));
        }
        if (missing.isEmpty() && !read.marks().equals(entries.marks())) {
            copies.add(new Damage(vault.toString(), "There are records of documents or folders that are gone."));
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
        pages.clear(connection);
        pagesStand = true;
    }

    /// Whether a vault has been here before: then its state has a row.
    static boolean isThere(Connection connection, Id vault) throws SQLException {
        return SealedRows.find(connection, SealedRows.Kind.STATE, vault, vault).isPresent();
    }

    /// Writes what the tree now says of these entries to the rows and pages, for good; the tree is without drafts.
    ///
    /// @param before entries that were touched, as they were
    void settle(Connection connection, Collection<Id> touched, Collection<Node> before) throws SQLException {
        writeEntries(connection, touched);
        if (pagesStand) {
            pages.write(connection, generation + 1, tree, before, touched, entries::version);
        } else if (wantsPages()) {
            pages.renew(connection, generation + 1, tree, entries::version);
            pagesStand = true;
        } else {
            return;
        }
        pages.conclude(connection, generation + 1, entries.marks(), entries.count());
    }

    /// Writes rows and pages anew, where one of the two is damaged and the other is not; the tree is without drafts.
    void mend(Connection connection) throws SQLException {
        Set<Id> all = new HashSet<>(entries.ids());
        entries.clear(connection);
        writeEntries(connection, all);
        pages.renew(connection, generation + 1, tree, entries::version);
        pages.conclude(connection, generation + 1, entries.marks(), entries.count());
        pagesStand = true;
        copies.clear();
    }

    /// Writes what the tree now says of these entries to the drafts, also that they are gone.
    void draft(Connection connection, Collection<Id> touched) throws SQLException {
        drafts.write(connection, generation + 1, touched, id -> new Draft(id, tree.recorded(id)).toByteArray());
    }

    /// Removes the drafts of all entries but these.
    void dropDraftsExcept(Connection connection, Collection<Id> kept) throws SQLException {
        Set<Id> useless = new HashSet<>(drafts.ids());
        useless.removeAll(kept);
        drafts.write(connection, generation + 1, useless, id -> null);
    }

    private void writeEntries(Connection connection, Collection<Id> touched) throws SQLException {
        entries.write(connection, generation + 1, touched, id -> {
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
