package strongroom.vault.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Earlier;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.catalog.Tree;

/// How long earlier contents and what was removed are kept. What is due is destroyed by operations in the log, so all
/// devices agree on it, whatever their clocks say.
///
/// @param versions most earlier contents of a document @param versionAge how long each of them is kept
/// @param trashAge how long what was removed is kept
public record Retention(int versions, Duration versionAge, Duration trashAge) {
    /// Fifty versions, each for half a year; thirty days in the trash.
    public static final Retention DEFAULT = new Retention(50, Duration.ofDays(180), Duration.ofDays(30));

    /// What is past its time. A time that cannot be right, before the entry came into the vault, counts for nothing:
    /// the clock that said it was wrong.
    List<Operation> due(Tree tree, Instant now) {
        List<Operation> due = new ArrayList<>();
        for (Node node : tree.all()) {
            @Nullable Content content = node.content();
            if (node.removed() != null && isPast(node.removed(), trashAge, node, now)) {
                due.add(new Operation.Purge(node.id(), content == null ? null : content.revision()));
                continue;
            }
            List<Earlier> earlier = node.earlier();
            for (int i = 0; i < earlier.size(); i++) {
                if (i >= versions || isPast(earlier.get(i).replaced(), versionAge, node, now)) {
                    due.add(new Operation.PurgeVersion(
                            node.id(), earlier.get(i).content().revision()));
                }
            }
        }
        return due;
    }

    private static boolean isPast(Instant since, Duration age, Node node, Instant now) {
        return !since.isBefore(node.added()) && since.plus(age).isBefore(now);
    }
}
