package strongroom.vault.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.catalog.Tree;

/// Finds out what a damaged change had done: the drafts, each sealed on its own, say how it left every entry.
final class Salvage {
    private final Tree tree;
    private final Map<Id, Node> drafts;
    private final List<Operation> operations = new ArrayList<>();

    private Salvage(Tree tree, Map<Id, Node> drafts) {
        this.tree = tree;
        this.drafts = new HashMap<>(drafts);
    }

    /// What makes the entries of `tree` look like their drafts.
    static List<Operation> operations(Tree tree, Map<Id, Node> drafts) {
        Salvage salvage = new Salvage(tree, drafts);
        for (Node draft : List.copyOf(drafts.values())) {
            salvage.bring(draft);
        }
        return List.copyOf(salvage.operations);
    }

    private void bring(Node draft) {
        if (drafts.remove(draft.id()) == null || draft.isRemoved()) {
            return;
        }
        // A folder before what is in it.
        @Nullable Node parent = drafts.get(draft.parent());
        if (parent != null) {
            bring(parent);
        }
        @Nullable Node current = tree.recorded(draft.id());
        if (current != null && current.isRemoved()) {
            operations.add(new Operation.Restore(draft.id()));
        }
        @Nullable Content content = draft.content();
        if (content == null) {
            if (current == null) {
                operations.add(new Operation.PutFolder(draft.id(), draft.parent(), draft.name(), draft.added()));
            }
        } else if (current == null || current.content() == null) {
            put(draft, null, content);
        } else if (!current.content().revision().equals(content.revision())) {
            put(draft, current.content().revision(), content);
        }
        if (current != null
                && (!current.parent().equals(draft.parent()) || !current.name().equals(draft.name()))) {
            operations.add(new Operation.Move(draft.id(), draft.parent(), draft.name()));
        }
    }

    private void put(Node draft, @Nullable Id base, Content content) {
        operations.add(
                new Operation.PutDocument(draft.id(), draft.parent(), draft.name(), draft.added(), base, content));
    }
}
