package strongroom.vault.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.catalog.Tree;

/// What was removed from a vault and can come back. A folder and what was removed with it count as one thing. Calls
/// behave as those of {@link Documents}.
public final class Trash {
    private final OpenVault vault;

    Trash(OpenVault vault) {
        this.vault = vault;
    }

    /// What is there, the newest first.
    public List<Removed> list() throws StoreException {
        return vault.look(tree -> {
            Map<Id, List<Node>> inside = inside(tree);
            List<Removed> found = new ArrayList<>();
            for (Node node : tree.all()) {
                if (node.isRemoved() && !wentWithItsFolder(tree, node)) {
                    found.add(removed(tree, node, together(node, inside)));
                }
            }
            found.sort(Comparator.comparing(Removed::when).reversed().thenComparing(Removed::name));
            return found;
        });
    }

    private static Removed removed(Tree tree, Node node, List<Node> together) {
        @Nullable Node parent = tree.recorded(node.parent());
        List<Content> contents = new ArrayList<>();
        for (Node one : together) {
            @Nullable Content content = one.content();
            if (content != null) {
                contents.add(content);
            }
        }
        return new Removed(
                node.id(),
                node.isFolder(),
                node.name(),
                parent == null ? "" : recordedPath(tree, parent),
                node.removed() == null ? node.added() : node.removed(),
                contents.size(),
                contents.stream().mapToLong(Content::size).sum());
    }

    private static String recordedPath(Tree tree, Node folder) {
        StringBuilder path = new StringBuilder();
        @Nullable Node at = folder;
        while (at != null && !at.id().equals(tree.root())) {
            path.insert(0, path.isEmpty() ? at.name() : at.name() + "/");
            at = tree.recorded(at.parent());
        }
        return path.toString();
    }

    /// Brings something back to where it was, under a name that is free there; a folder with what was removed with it.
    ///
    /// @throws StoreException `NOT_FOUND` if it is not in the trash
    public void restore(Id id) throws StoreException {
        vault.change(tree -> together(tree, id).stream()
                .<Operation>map(node -> new Operation.Restore(node.id()))
                .toList());
    }

    /// Destroys something for good, with all its versions: the keys at once, then the bytes. What the server does not
    /// have yet goes as soon as it has heard of it. A document that another device brought back or edited stays.
    ///
    /// @throws StoreException `NOT_FOUND` if it is not in the trash
    public void purge(Id id) throws StoreException {
        vault.destroy(tree -> purged(together(tree, id)));
    }

    /// Destroys everything that is in the trash.
    public void empty() throws StoreException {
        vault.destroy(tree -> purged(tree.all().stream().filter(Node::isRemoved).toList()));
    }

    static List<Operation> purged(List<Node> nodes) {
        return nodes.stream().map(Trash::purge).toList();
    }

    private static Operation purge(Node node) {
        @Nullable Content content = node.content();
        return new Operation.Purge(node.id(), content == null ? null : content.revision());
    }

    private static List<Node> together(Tree tree, Id id) throws StoreException {
        @Nullable Node node = tree.recorded(id);
        if (node == null || !node.isRemoved()) {
            throw Failure.notFound();
        }
        return together(node, inside(tree));
    }

    /// The entry and what was removed with it, folders before what is in them.
    private static List<Node> together(Node top, Map<Id, List<Node>> inside) {
        List<Node> found = new ArrayList<>();
        found.add(top);
        for (int i = 0; i < found.size(); i++) {
            Node folder = found.get(i);
            for (Node node : inside.getOrDefault(folder.id(), List.of())) {
                if (sameMoment(node, folder)) {
                    found.add(node);
                }
            }
        }
        return found;
    }

    private static Map<Id, List<Node>> inside(Tree tree) {
        Map<Id, List<Node>> inside = new HashMap<>();
        for (Node node : tree.all()) {
            if (node.isRemoved()) {
                inside.computeIfAbsent(node.parent(), key -> new ArrayList<>()).add(node);
            }
        }
        return inside;
    }

    private static boolean wentWithItsFolder(Tree tree, Node node) {
        @Nullable Node parent = tree.recorded(node.parent());
        return parent != null && sameMoment(node, parent);
    }

    private static boolean sameMoment(Node node, Node folder) {
        return folder.removed() != null && folder.removed().equals(node.removed());
    }
}
