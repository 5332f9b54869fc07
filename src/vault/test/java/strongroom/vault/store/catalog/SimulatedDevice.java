package strongroom.vault.store.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;

/// A device of the model: the tree that the log makes, and its own changes on top that the log does not have yet.
final class SimulatedDevice {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String[] NAMES = {"a.txt", "A.TXT", "b", "c.pdf", "d"};

    private final String name;
    private final RandomGenerator random;
    private final List<Change> log;
    private final List<Change> pending = new ArrayList<>();
    private final List<Tree.Undo> undos = new ArrayList<>();
    private int applied;
    final Tree tree;

    SimulatedDevice(String name, Id vault, RandomGenerator random, List<Change> log) {
        this.name = name;
        this.random = random;
        this.log = log;
        this.tree = new Tree(vault);
    }

    /// Carries out one of the things a user does; the numbers say to which entries.
    void act(int what, int which, int other) {
        List<Operation> operations = new ArrayList<>();
        switch (what % 9) {
            case 0 -> operations.add(new Operation.PutFolder(id(), folder(which).id(), NAMES[other % 5], NOW));
            case 1 ->
                operations.add(
                        new Operation.PutDocument(id(), folder(which).id(), NAMES[other % 5], NOW, null, content(1)));
            case 2 -> edit(which, operations);
            case 3, 4 -> {
                Node node = any(which);
                operations.add(new Operation.Move(node.id(), folder(other).id(), NAMES[(which + other) % 5]));
            }
            case 6 -> trashed(which).forEach(node -> operations.add(new Operation.Restore(node.id())));
            case 7 -> trashed(which).forEach(node -> operations.add(new Operation.Purge(node.id(), revision(node))));
            case 8 -> forget(which, operations);
            default -> remove(any(which), operations);
        }
        if (!operations.isEmpty()) {
            Change change = new Change(id(), NOW, name, operations);
            pending.add(change);
            undos.add(tree.apply(change));
        }
    }

    private void edit(int which, List<Operation> operations) {
        Node node = any(which);
        Content content = node.content();
        if (content != null) {
            operations.add(new Operation.PutDocument(
                    node.id(), node.parent(), node.name(), NOW, content.revision(), content(content.version() + 1)));
        }
    }

    private void remove(Node node, List<Operation> operations) {
        if (node.id().equals(tree.root())) {
            return;
        }
        tree.children(node.id()).forEach(child -> remove(child, operations));
        operations.add(new Operation.Remove(node.id(), revision(node)));
    }

    private static @Nullable Id revision(Node node) {
        Content content = node.content();
        return content == null ? null : content.revision();
    }

    private void forget(int which, List<Operation> operations) {
        Node node = any(which);
        if (!node.earlier().isEmpty()) {
            Id oldest = node.earlier().getLast().content().revision();
            operations.add(new Operation.PurgeVersion(node.id(), oldest));
        }
    }

    /// One entry of the trash, or none.
    private List<Node> trashed(int which) {
        List<Node> all = tree.all().stream()
                .filter(Node::isRemoved)
                .sorted(Comparator.comparing(Node::id))
                .toList();
        return all.isEmpty() ? all : List.of(all.get(which % all.size()));
    }

    /// Takes in what the log has, below the own changes.
    void pull() {
        for (Tree.Undo undo : undos.reversed()) {
            tree.undo(undo);
        }
        undos.clear();
        for (; applied < log.size(); applied++) {
            Change change = log.get(applied);
            pending.remove(change);
            tree.apply(change);
        }
        for (Change change : pending) {
            undos.add(tree.apply(change));
        }
    }

    /// Sends the first few of its own changes, if nothing came before them.
    void push(int count) {
        if (applied + sent() == log.size()) {
            List<Change> first = pending.stream()
                    .filter(change -> !log.contains(change))
                    .limit(count)
                    .toList();
            log.addAll(first);
        }
    }

    private int sent() {
        return (int) pending.stream().filter(log::contains).count();
    }

    private Node folder(int which) {
        List<Node> folders = living().stream().filter(Node::isFolder).toList();
        return folders.get(which % folders.size());
    }

    private Node any(int which) {
        List<Node> all = living();
        return all.get(which % all.size());
    }

    /// In an order that does not depend on hash tables.
    List<Node> living() {
        return tree.all().stream()
                .filter(node -> !node.isRemoved())
                .sorted(Comparator.comparing(Node::id))
                .toList();
    }

    private Content content(int version) {
        return new Content(id(), version, NOW, 1, 0, false, List.of());
    }

    private Id id() {
        return Id.random(random);
    }
}
