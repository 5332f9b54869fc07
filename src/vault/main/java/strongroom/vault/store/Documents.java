package strongroom.vault.store;

import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.NameOrder;
import strongroom.vault.store.catalog.Names;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.catalog.Tree;
import strongroom.vault.store.search.Corpus;

/// The documents of one vault. Every change is durable when its call returns, and is on its way to the other
/// devices. Calls may block, may be made from any thread, and fail with `CLOSED` once the store is closed; a thread
/// that is interrupted gets `CANCELLED` and leaves nothing half done.
public final class Documents {
    private record Sorted(long changes, List<Node> nodes) {}

    private final OpenVault vault;
    private final Path storeFolder;
    private final Map<Id, Sorted> sorted = new HashMap<>();

    Documents(OpenVault vault, Path storeFolder) {
        this.vault = vault;
        this.storeFolder = storeFolder;
    }

    /// Which of them are on this device.
    public LocalCopies localCopies() {
        return new LocalCopies(vault, storeFolder);
    }

    /// What was removed and can come back.
    public Trash trash() {
        return new Trash(vault);
    }

    /// What the documents were before.
    public Versions versions() {
        return new Versions(vault);
    }

    /// The topmost folder; its id is the vault's.
    public Item root() throws StoreException {
        return item(Node.root(vault.id()));
    }

    /// What is in a folder, folders first, then in the order of {@link NameOrder}. In a store that was just opened this
    /// returns before the whole catalogue has been read.
    public List<Item> list(Id folder) throws StoreException {
        Optional<List<Node>> early = vault.peek(folder);
        if (early.isPresent()) {
            Set<Digest> absent = vault.holdings().absentNow();
            return sort(early.get()).stream().map(node -> item(node, absent)).toList();
        }
        return vault.look(tree -> {
            folder(tree, folder);
            Set<Digest> absent = vault.holdings().absentNow();
            return sorted(tree, folder).stream().map(node -> item(node, absent)).toList();
        });
    }

    /// One entry. @throws StoreException `NOT_FOUND`
    public Item entry(Id id) throws StoreException {
        return vault.look(tree -> item(node(tree, id)));
    }

    /// @param path names from the root, separated by `/` @throws StoreException `NOT_FOUND`
    public Item find(String path) throws StoreException {
        return vault.look(tree -> {
            Node at = node(tree, tree.root());
            for (String name : path.split("/", -1)) {
                @Nullable Node next = name.isEmpty() ? at : tree.child(at.id(), name);
                if (next == null) {
                    throw Failure.notFound();
                }
                at = next;
            }
            return item(at);
        });
    }

    /// Everything but the root, as the search sees it.
    List<Corpus.Entry> searched() throws StoreException {
        return vault.look(tree -> {
            Set<Digest> absent = vault.holdings().absentNow();
            List<Corpus.Entry> entries = new ArrayList<>();
            for (Node node : tree.all()) {
                if (!node.isRemoved() && !node.id().equals(tree.root())) {
                    @Nullable Content content = node.content();
                    @Nullable Id revision = content == null ? null : content.revision();
                    entries.add(new Corpus.Entry(
                            node.id(), revision, node.name(), vault.holdings().isLocal(content, absent)));
                }
            }
            return entries;
        });
    }

    /// Whether there is such an entry.
    boolean has(Id id) throws StoreException {
        return vault.look(tree -> tree.get(id) != null);
    }

    /// The names from the root down to an entry, separated by `/`; empty for the root.
    public String path(Id id) throws StoreException {
        return vault.look(tree -> path(tree, node(tree, id)));
    }

    static String path(Tree tree, Node node) {
        StringBuilder path = new StringBuilder();
        @Nullable Node at = node;
        while (at != null && !at.id().equals(tree.root())) {
            path.insert(0, path.isEmpty() ? at.name() : at.name() + "/");
            at = tree.get(at.parent());
        }
        return path.toString();
    }

    /// Makes a folder. @throws StoreException `NAME_REFUSED` if the name is taken or not allowed
    public Item makeFolder(Id parent, String name) throws StoreException {
        Id id = vault.newId();
        vault.change(tree -> {
            checkFree(tree, folder(tree, parent).id(), name, id);
            return List.of(new Operation.PutFolder(id, parent, name, now()));
        });
        return entry(id);
    }

    /// New content for the document of that name in that folder, or a new document if there is none.
    ///
    /// @param modified when the content last changed @param content read to its end, not closed
    /// @param size about how long the content is, in bytes
    public Item save(Id folder, String name, Instant modified, InputStream content, long size) throws StoreException {
        vault.look(tree -> folder(tree, folder));
        Id fresh = vault.newId();
        Id[] saved = {fresh};
        try (ContentWriter writer = vault.writer()) {
            ContentWriter.Written written = writer.write(content, size, _ -> {});
            writer.publish(List.of(written));
            vault.change(
                    tree -> {
                        @Nullable Node old = tree.child(folder(tree, folder).id(), name);
                        saved[0] = old == null ? fresh : old.id();
                        return List.of(put(tree, fresh, folder, name, old, modified, written));
                    },
                    writer);
        }
        return entry(saved[0]);
    }

    private Operation put(
            Tree tree,
            Id fresh,
            Id folder,
            String name,
            @Nullable Node old,
            Instant modified,
            ContentWriter.Written written)
            throws StoreException {
        Id revision = vault.newId();
        int epoch = vault.keys().current();
        if (old == null) {
            checkFree(tree, folder, name, fresh);
            return new Operation.PutDocument(
                    fresh, folder, name, now(), null, written.content(revision, 1, modified, epoch));
        }
        @Nullable Content before = old.content();
        if (before == null) {
            throw refused(name, "is the name of a folder");
        }
        Content after = written.content(revision, before.version() + 1, modified, epoch);
        return new Operation.PutDocument(old.id(), folder, old.name(), old.added(), before.revision(), after);
    }

    /// Takes files and folders of the user's into a folder. What cannot be read is skipped and named; a name that
    /// is taken gets a number. On `CANCELLED` and on failures what was reported to `watch` stays.
    public ImportResult importFrom(List<Path> sources, Id folder, ImportWatch watch) throws StoreException {
        vault.look(tree -> folder(tree, folder));
        return new Importer(vault, this, storeFolder, watch).run(sources, folder);
    }

    /// The content of a document. @return closed by the caller; every byte was authenticated before it comes
    /// @throws StoreException `NOT_LOCAL` if some of it is not on this device: the agent is asked to fetch it
    public InputStream open(Id document) throws StoreException {
        Content content = content(document);
        vault.notes().opened(document, now());
        return vault.holdings().open(content);
    }

    /// The content of a document, to be read wherever one likes by one thread at a time; of a large document no more
    /// than 64 KiB are opened for a byte where it lies as it is. @return closed by the caller
    /// @throws StoreException as {@link #open}
    public SeekableByteChannel channel(Id document) throws StoreException {
        Content content = content(document);
        vault.notes().opened(document, now());
        return vault.holdings().channel(content);
    }

    private Content content(Id document) throws StoreException {
        return vault.look(tree -> {
            @Nullable Content content = node(tree, document).content();
            if (content == null) {
                throw Failure.notFound();
            }
            return content;
        });
    }

    /// Moves, renames, or both. @throws StoreException `NAME_REFUSED` if the name is taken or not allowed, or a
    /// folder would go into itself
    public Item move(Id id, Id newParent, String newName) throws StoreException {
        vault.change(tree -> {
            Node node = node(tree, id);
            folder(tree, newParent);
            if (tree.isWithin(newParent, id) || id.equals(tree.root())) {
                throw refused(node.name(), "cannot be moved into itself");
            }
            checkFree(tree, newParent, newName, id);
            return List.of(new Operation.Move(id, newParent, newName));
        });
        return entry(id);
    }

    /// Puts a document, or a folder with everything in it, into the trash.
    public void remove(Id id) throws StoreException {
        vault.change(tree -> {
            Node node = node(tree, id);
            if (id.equals(tree.root())) {
                throw refused(node.name(), "cannot be removed");
            }
            List<Operation> operations = new ArrayList<>();
            remove(tree, node, operations);
            return operations;
        });
    }

    private static void remove(Tree tree, Node node, List<Operation> operations) {
        for (Node child : tree.children(node.id())) {
            remove(tree, child, operations);
        }
        @Nullable Content content = node.content();
        operations.add(new Operation.Remove(node.id(), content == null ? null : content.revision()));
    }

    private List<Node> sorted(Tree tree, Id folder) {
        Sorted known = sorted.get(folder);
        if (known == null || known.changes != vault.changes()) {
            known = new Sorted(vault.changes(), sort(tree.children(folder)));
            sorted.put(folder, known);
        }
        return known.nodes;
    }

    private static List<Node> sort(List<Node> nodes) {
        record Keyed(NameOrder order, Node node) {}
        return nodes.stream()
                .map(node -> new Keyed(NameOrder.of(node.name()), node))
                .sorted(Comparator.comparing((Keyed keyed) -> !keyed.node.isFolder())
                        .thenComparing(Keyed::order))
                .map(Keyed::node)
                .toList();
    }

    private Item item(Node node) throws StoreException {
        return item(node, vault.holdings().absentNow());
    }

    private Item item(Node node, Set<Digest> absent) {
        @Nullable Content content = node.content();
        return new Item(
                node.id(),
                node.parent(),
                node.isFolder(),
                node.name(),
                content == null ? 0 : content.size(),
                content == null ? node.added() : content.modified(),
                node.added(),
                content == null ? 0 : content.version(),
                node.conflict(),
                vault.holdings().isLocal(content, absent));
    }

    static Node node(Tree tree, Id id) throws StoreException {
        @Nullable Node node = tree.get(id);
        if (node == null) {
            throw Failure.notFound();
        }
        return node;
    }

    static Node folder(Tree tree, Id id) throws StoreException {
        Node node = node(tree, id);
        if (!node.isFolder()) {
            throw Failure.notFound();
        }
        return node;
    }

    private static void checkFree(Tree tree, Id folder, String name, Id self) throws StoreException {
        @Nullable String problem = Names.problem(name);
        if (problem != null) {
            throw refused(name, problem);
        }
        @Nullable Node there = tree.child(folder, name);
        if (there != null && !there.id().equals(self)) {
            throw refused(name, "is taken");
        }
    }

    private static StoreException refused(String name, String why) {
        return new StoreException(StoreException.Why.NAME_REFUSED, "“" + name + "” " + why + ".");
    }

    /// The present, as fine as the log keeps it.
    private Instant now() {
        return Instant.ofEpochMilli(vault.clock().millis());
    }
}
