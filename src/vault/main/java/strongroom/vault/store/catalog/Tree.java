package strongroom.vault.store.catalog;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;

/// The documents and folders of one vault. Changes are applied in the order of the vault's log, each one by rules
/// that look at nothing but the tree and the change, so devices that applied the same changes agree. No rule drops
/// content that its author had acknowledged: edits that meet are both kept, and what was edited is not removed.
/// Not safe for several threads; the root's id is the vault's.
public final class Tree {
    /// What an applied change did, to be undone in reverse order.
    public static final class Undo {
        private final List<Id> ids = new ArrayList<>();
        private final List<@Nullable Node> before = new ArrayList<>();

        private Undo() {}

        private void note(Id id, @Nullable Node node) {
            ids.add(id);
            before.add(node);
        }

        /// The entries that were touched.
        public Set<Id> touched() {
            return new HashSet<>(ids);
        }

        /// The entries that were touched and had been there, as they were.
        public List<Node> nodesBefore() {
            List<Node> nodes = new ArrayList<>();
            for (Node node : before) {
                if (node != null) {
                    nodes.add(node);
                }
            }
            return nodes;
        }

        /// The contents that were replaced or removed, or may have been.
        public List<Content> contentsBefore() {
            return nodesBefore().stream().flatMap(Node::contents).toList();
        }
    }

    private final Id root;
    private final Map<Id, Node> nodes = new HashMap<>();
    private final Map<Id, Map<String, Id>> children = new HashMap<>();
    private final Map<Id, Id> byRevision = new HashMap<>();

    /// An empty tree.
    public Tree(Id vault) {
        this.root = vault;
        nodes.put(root, Node.root(vault));
    }

    /// The id of the topmost folder.
    public Id root() {
        return root;
    }

    /// An entry that is there; null if it is not, or is in the trash.
    public @Nullable Node get(Id id) {
        Node node = nodes.get(id);
        return node == null || node.isRemoved() ? null : node;
    }

    /// An entry that is there or in the trash.
    public @Nullable Node recorded(Id id) {
        return nodes.get(id);
    }

    /// All entries, those in the trash and the root included.
    public Collection<Node> all() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    /// What is in a folder, in no order.
    public List<Node> children(Id folder) {
        List<Node> found = new ArrayList<>();
        for (Id id : children.getOrDefault(folder, Map.of()).values()) {
            Node node = nodes.get(id);
            if (node != null) {
                found.add(node);
            }
        }
        return found;
    }

    /// The entry of that name, or one that counts as the same.
    public @Nullable Node child(Id folder, String name) {
        Id id = children.getOrDefault(folder, Map.of()).get(Names.key(name));
        return id == null ? null : nodes.get(id);
    }

    /// `name`, or `name` with the first number that makes it free in this folder.
    public String freeName(Id folder, String name) {
        return Names.free(name, candidate -> child(folder, candidate) != null);
    }

    /// Puts an entry where the catalogue says it is, without any rule: for loading.
    public void load(Node node) {
        replace(node.id(), node);
    }

    /// Applies one change. @return how to undo it
    public Undo apply(Change change) {
        Undo undo = new Undo();
        for (Operation operation : change.operations()) {
            switch (operation) {
                case Operation.PutFolder put -> putFolder(put, undo);
                case Operation.PutDocument put -> putDocument(put, change, undo);
                case Operation.Move move -> move(move, undo);
                case Operation.Remove remove -> remove(remove, change, undo);
                case Operation.Restore restore -> restore(restore, undo);
                case Operation.Purge purge -> purge(purge, undo);
                case Operation.PurgeVersion purge -> purgeVersion(purge, undo);
            }
        }
        return undo;
    }

    /// Takes back what {@link #apply} did; the last applied first.
    public void undo(Undo undo) {
        for (int i = undo.ids.size() - 1; i >= 0; i--) {
            replace(undo.ids.get(i), undo.before.get(i));
        }
    }

    private void putFolder(Operation.PutFolder put, Undo undo) {
        if (nodes.containsKey(put.entry())) {
            return;
        }
        Id parent = folder(put.parent(), undo);
        String name = freeName(parent, put.name());
        set(Node.folder(put.entry(), parent, name, put.added()), undo);
    }

    private void putDocument(Operation.PutDocument put, Change change, Undo undo) {
        Content content = put.content();
        if (byRevision.containsKey(content.revision())) {
            return;
        }
        Node current = nodes.get(put.entry());
        Node edited = put.base() == null ? null : edited(put.base());
        if (edited != null) {
            // Also out of the trash, where a device that had not seen this edit may have put it: the edit wins.
            set(living(edited, undo).with(content, change.made()), undo);
        } else if (current == null) {
            // New, or destroyed meanwhile by a device that had not seen this edit: the edit wins.
            create(put.entry(), put.parent(), put.name(), put, false, undo);
        } else if (put.base() != null) {
            // Two edits of one version: the first in the log stays, the second gets an entry of its own.
            Id id = conflictId(put);
            if (!nodes.containsKey(id)) {
                String date =
                        change.made().atOffset(ZoneOffset.UTC).toLocalDate().toString();
                String name = Names.ofConflict(current.name(), change.device(), date);
                create(id, current.isRemoved() ? put.parent() : current.parent(), name, put, true, undo);
            }
        }
    }

    /// The document that now has this revision. Not simply the entry of the operation: when the revision went into a
    /// conflict copy, later edits of it belong there.
    private @Nullable Node edited(Id base) {
        Id id = byRevision.get(base);
        return id == null ? null : nodes.get(id);
    }

    private void create(Id id, Id wanted, String name, Operation.PutDocument put, boolean conflict, Undo undo) {
        Id parent = folder(wanted, undo);
        String free = freeName(parent, name);
        set(new Node(id, parent, free, put.added(), put.content(), List.of(), conflict, null), undo);
    }

    private void move(Operation.Move move, Undo undo) {
        Node node = nodes.get(move.entry());
        if (node == null || move.entry().equals(root)) {
            return;
        }
        if (node.isRemoved()) {
            if (!isWithin(move.parent(), node.id())) {
                set(node.at(move.parent(), move.name()), undo);
            }
            return;
        }
        // Two moves that would put two folders into each other: the first in the log stands, the second only renames.
        Id parent = isWithin(move.parent(), node.id()) ? node.parent() : folder(move.parent(), undo);
        Node inTheWay = child(parent, move.name());
        String name = inTheWay == null || inTheWay.id().equals(node.id()) ? move.name() : freeName(parent, move.name());
        set(node.at(parent, name), undo);
    }

    private void remove(Operation.Remove remove, Change change, Undo undo) {
        Node node = get(remove.entry());
        if (node == null || node.id().equals(root)) {
            return;
        }
        Content content = node.content();
        boolean asSeen = content == null
                ? children.getOrDefault(node.id(), Map.of()).isEmpty()
                : Objects.equals(content.revision(), remove.seen());
        if (asSeen) {
            set(node.removed(change.made()), undo);
        }
    }

    private void restore(Operation.Restore restore, Undo undo) {
        Node node = nodes.get(restore.entry());
        if (node != null && node.isRemoved()) {
            set(living(node, undo), undo);
        }
    }

    private void purge(Operation.Purge purge, Undo undo) {
        Node node = nodes.get(purge.entry());
        // Restored meanwhile, or edited: it stays.
        if (node != null && node.isRemoved() && Objects.equals(revision(node), purge.seen())) {
            undo.note(node.id(), node);
            replace(node.id(), null);
        }
    }

    private static @Nullable Id revision(Node node) {
        Content content = node.content();
        return content == null ? null : content.revision();
    }

    private void purgeVersion(Operation.PurgeVersion purge, Undo undo) {
        Node node = nodes.get(purge.entry());
        if (node != null) {
            Node without = node.without(purge.revision());
            if (!without.equals(node)) {
                set(without, undo);
            }
        }
    }

    /// The living folder to put something into: one in the trash comes back, an unknown one is the root.
    private Id folder(Id wanted, Undo undo) {
        Node node = nodes.get(wanted);
        if (node == null || !node.isFolder()) {
            return root;
        }
        if (node.isRemoved()) {
            set(living(node, undo), undo);
        }
        return wanted;
    }

    /// The entry out of the trash, in its folder if that is not destroyed.
    private Node living(Node node, Undo undo) {
        if (!node.isRemoved()) {
            return node;
        }
        Id parent = folder(node.parent(), undo);
        return node.at(parent, freeName(parent, node.name())).removed(null);
    }

    /// Whether `folder` is `ancestor` or lies in it, removed folders included.
    public boolean isWithin(Id folder, Id ancestor) {
        Id at = folder;
        for (int steps = 0; steps <= nodes.size(); steps++) {
            if (at.equals(ancestor)) {
                return true;
            }
            Node node = nodes.get(at);
            if (node == null || at.equals(root)) {
                return false;
            }
            at = node.parent();
        }
        return true;
    }

    private static Id conflictId(Operation.PutDocument put) {
        byte[] label = "strongroom conflict copy".getBytes(StandardCharsets.US_ASCII);
        Digest digest = Digest.sha256(
                label, put.entry().toByteArray(), put.content().revision().toByteArray());
        return Id.of(Arrays.copyOf(digest.toByteArray(), Id.SIZE));
    }

    private void set(Node node, Undo undo) {
        undo.note(node.id(), nodes.get(node.id()));
        replace(node.id(), node);
    }

    private void replace(Id id, @Nullable Node after) {
        Node before = after == null ? nodes.remove(id) : nodes.put(id, after);
        if (before != null && !before.isRemoved() && !id.equals(root)) {
            Map<String, Id> siblings = children.get(before.parent());
            if (siblings != null) {
                siblings.remove(Names.key(before.name()), id);
                if (siblings.isEmpty()) {
                    children.remove(before.parent());
                }
            }
        }
        if (before != null && before.content() != null) {
            byRevision.remove(before.content().revision(), id);
        }
        if (after != null && !after.isRemoved() && !id.equals(root)) {
            children.computeIfAbsent(after.parent(), key -> new HashMap<>()).put(Names.key(after.name()), id);
        }
        if (after != null && after.content() != null) {
            byRevision.put(after.content().revision(), id);
        }
    }
}
