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
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Tree;

/// The rows of a vault's entries once more, many to a page: what one folder holds is read from one page or a few,
/// and all of them in a fraction of the time that the rows take. They are written with the rows, in the same
/// transaction, and a sealed row says for which rows they stand. They hold nothing that the rows do not; when they
/// do not fit the rows, those count. Not safe for several threads.
///
/// The pages of a folder are numbered, 2^depth of them; an entry is in the page that the first bits of its id say.
/// The id of a page's row is a keyed hash of folder and number, so the database does not show which pages are of
/// one folder.
final class FolderPages {
    private static final int FORMAT = 1;
    /// How many entries are in a page on average before there are twice as many pages.
    private static final int MOST = 96;
    /// How many are left on average when there are half as many again.
    private static final int FEWEST = 24;

    private static final int DEEPEST = 20;
    private static final int ENTRY_LIMIT = 1 << 20;
    private static final int NODE_LIMIT = 1 << 28;
    /// In the place of a folder, for what is in the trash.
    private static final Id TRASH = SealedRows.NOBODY;

    /// An entry, and the version of its row.
    record Versioned(Node node, long version) {}

    /// @param folder or the trash @param depth of its pages
    private record Page(Id folder, int depth, List<Versioned> entries) {
        private static Page of(byte[] encoded) throws MalformedException {
            CanonicalReader in = new CanonicalReader(encoded);
            if (in.uint8() != FORMAT) {
                throw new MalformedException("a page of an unknown format");
            }
            Page page = new Page(Id.read(in), in.uint8(), in.list(ENTRY_LIMIT, Page::entry));
            in.end();
            return page;
        }

        private static Versioned entry(CanonicalReader in) throws MalformedException {
            Id id = Id.read(in);
            long version = in.int64();
            return new Versioned(Node.of(id, in.bytes(NODE_LIMIT)), version);
        }

        private byte[] toByteArray() {
            CanonicalWriter out = new CanonicalWriter().uint8(FORMAT);
            folder.write(out);
            out.uint8(depth);
            out.list(entries, (to, entry) -> {
                entry.node.id().write(to);
                to.int64(entry.version).bytes(entry.node.toByteArray());
            });
            return out.toByteArray();
        }
    }

    /// For which rows the pages stand.
    ///
    /// @param entries the marks of the rows @param count how many rows @param pages the marks of the pages
    private record Standing(Digest entries, long count, Digest pages) {
        private static Standing of(byte[] encoded) throws MalformedException {
            CanonicalReader in = new CanonicalReader(encoded);
            if (in.uint8() != FORMAT) {
                throw new MalformedException("pages of an unknown format");
            }
            Standing standing = new Standing(Digest.read(in), in.int64(), Digest.read(in));
            in.end();
            return standing;
        }

        private byte[] toByteArray() {
            CanonicalWriter out = new CanonicalWriter().uint8(FORMAT);
            entries.write(out);
            out.int64(count);
            pages.write(out);
            return out.toByteArray();
        }
    }

    private final SealedRows rows;
    private final Id vault;
    private final MarkedRows pages;
    private final Map<Id, Integer> depths = new HashMap<>();
    private boolean there;

    FolderPages(SealedRows rows, Id vault) {
        this.rows = rows;
        this.vault = vault;
        this.pages = new MarkedRows(rows, SealedRows.Kind.PAGE, vault);
    }

    /// All entries, if the pages are whole and stand for these rows.
    ///
    /// @param entries the marks of the rows
    Optional<List<Versioned>> load(Database database, Digest entries) throws StoreException {
        depths.clear();
        List<Versioned> found = new ArrayList<>();
        boolean[] whole = {true};
        pages.load(
                database,
                (_, plaintext) -> Page.of(plaintext),
                page -> {
                    depths.put(page.folder, page.depth);
                    found.addAll(page.entries);
                },
                _ -> whole[0] = false);
        Optional<Standing> standing = database.read(this::standing);
        there = standing.isPresent() || pages.count() > 0;
        boolean stands = standing.equals(Optional.of(new Standing(entries, found.size(), pages.marks())));
        return whole[0] && stands ? Optional.of(found) : Optional.empty();
    }

    /// After {@link #load}: whether there were any, right or not.
    boolean areThere() {
        return there;
    }

    /// What a folder holds, read from its pages alone; empty if they do not say, as they do not of an empty folder.
    Optional<List<Node>> children(Connection connection, Digest entries, Id folder) throws SQLException {
        Optional<Standing> standing = standing(connection);
        if (standing.isEmpty()
                || !standing.get().entries.equals(entries)
                || !standing.get().pages.equals(rows.marks(connection, SealedRows.Kind.PAGE, vault))) {
            return Optional.empty();
        }
        List<Node> found = new ArrayList<>();
        int count = 1;
        for (int number = 0; number < count; number++) {
            Optional<SealedRows.Row> row =
                    SealedRows.find(connection, SealedRows.Kind.PAGE, vault, rows.page(vault, folder, number));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            try {
                Page page = Page.of(rows.open(row.get()));
                count = 1 << page.depth;
                page.entries.forEach(entry -> found.add(entry.node));
            } catch (NotAuthenticException | MalformedException e) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    private Optional<Standing> standing(Connection connection) throws SQLException {
        Optional<SealedRows.Row> row = SealedRows.find(connection, SealedRows.Kind.PAGES, vault, vault);
        try {
            return row.isPresent() ? Optional.of(Standing.of(rows.open(row.get()))) : Optional.empty();
        } catch (NotAuthenticException | MalformedException e) {
            return Optional.empty();
        }
    }

    /// Writes the pages that are others now.
    ///
    /// @param version never used before @param before entries as they were, @param touched those that may be others
    /// @param versions of the rows; 0 for an entry that has none
    void write(
            Connection connection,
            long version,
            Tree tree,
            Collection<Node> before,
            Collection<Id> touched,
            ToLongFunction<Id> versions)
            throws SQLException {
        Map<Id, Set<Id>> changed = new HashMap<>();
        before.forEach(node ->
                changed.computeIfAbsent(place(node), _ -> new HashSet<>()).add(node.id()));
        for (Id id : touched) {
            @Nullable Node node = tree.recorded(id);
            if (node != null && !isRoot(tree, node)) {
                changed.computeIfAbsent(place(node), _ -> new HashSet<>()).add(id);
            }
        }
        write(connection, version, tree, changed, versions);
    }

    /// Writes all pages anew.
    void renew(Connection connection, long version, Tree tree, ToLongFunction<Id> versions) throws SQLException {
        clear(connection);
        Map<Id, Set<Id>> all = new HashMap<>();
        for (Node node : tree.all()) {
            if (!isRoot(tree, node)) {
                all.computeIfAbsent(place(node), _ -> new HashSet<>()).add(node.id());
            }
        }
        write(connection, version, tree, all, versions);
    }

    private void write(
            Connection connection, long version, Tree tree, Map<Id, Set<Id>> changed, ToLongFunction<Id> versions)
            throws SQLException {
        Map<Id, Page> written = new HashMap<>();
        Set<Id> touched = new HashSet<>();
        for (Map.Entry<Id, Set<Id>> change : changed.entrySet()) {
            Id folder = change.getKey();
            // A folder that has a made-up name, since it is damaged, has no row.
            List<Node> inside = inside(tree, folder).stream()
                    .filter(node -> versions.applyAsLong(node.id()) > 0)
                    .toList();
            int before = depths.getOrDefault(folder, 0);
            int depth = depth(before, inside.size());
            for (int number : numbers(change.getValue(), before, depth, inside.isEmpty())) {
                touched.add(rows.page(vault, folder, number));
            }
            if (inside.isEmpty()) {
                depths.remove(folder);
                continue;
            }
            depths.put(folder, depth);
            Map<Integer, List<Versioned>> parts = new HashMap<>();
            for (int number = 0; number < 1 << depth; number++) {
                parts.put(number, new ArrayList<>());
            }
            for (Node node : inside) {
                parts.getOrDefault(number(node.id(), depth), new ArrayList<>())
                        .add(new Versioned(node, versions.applyAsLong(node.id())));
            }
            parts.forEach((number, entries) ->
                    written.put(rows.page(vault, folder, number), new Page(folder, depth, entries)));
        }
        pages.write(connection, version, touched, id -> {
            @Nullable Page page = written.get(id);
            return page == null ? null : page.toByteArray();
        });
    }

    /// Seals for which rows the pages stand. @param entries marks of the rows @param count how many they are
    void conclude(Connection connection, long version, Digest entries, int count) throws SQLException {
        byte[] standing = new Standing(entries, count, pages.marks()).toByteArray();
        rows.put(connection, SealedRows.Kind.PAGES, vault, vault, version, standing);
    }

    /// Removes all of them.
    void clear(Connection connection) throws SQLException {
        pages.clear(connection);
        depths.clear();
    }

    private static boolean isRoot(Tree tree, Node node) {
        return node.id().equals(tree.root());
    }

    private static Id place(Node node) {
        return node.isRemoved() ? TRASH : node.parent();
    }

    private static List<Node> inside(Tree tree, Id folder) {
        return folder.equals(TRASH)
                ? tree.all().stream().filter(Node::isRemoved).toList()
                : tree.children(folder);
    }

    private static int depth(int before, int entries) {
        int depth = before;
        while (depth < DEEPEST && entries > MOST << depth) {
            depth++;
        }
        while (depth > 0 && entries < FEWEST << depth) {
            depth--;
        }
        return depth;
    }

    /// The numbers of the pages to write or to delete.
    private static Set<Integer> numbers(Set<Id> changed, int before, int depth, boolean empty) {
        Set<Integer> numbers = new TreeSet<>();
        if (empty || before != depth) {
            for (int number = 0; number < 1 << Math.max(before, depth); number++) {
                numbers.add(number);
            }
        } else {
            changed.forEach(id -> numbers.add(number(id, depth)));
        }
        return numbers;
    }

    private static int number(Id id, int depth) {
        byte[] bytes = id.toByteArray();
        int first = (bytes[0] & 0xff) << 16 | (bytes[1] & 0xff) << 8 | bytes[2] & 0xff;
        return first >>> 24 - depth;
    }
}
