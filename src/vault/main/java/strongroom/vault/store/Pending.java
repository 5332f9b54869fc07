package strongroom.vault.store;

import java.util.List;
import strongroom.protocol.Commit;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.store.catalog.Change;
import strongroom.vault.store.catalog.Tree;

/// A change made here that the catalogue's rows do not hold yet, and what it did to the tree.
///
/// @param at its place in the log and its hash
record Pending(Exchange.Head at, Commit commit, int epoch, List<Digest> chunks, Change change, Tree.Undo undo) {
    boolean follows(Exchange.Head head) {
        try {
            return at.sequence() == head.sequence() + 1
                    && commit.unverifiedHeader().parent().equals(head.hash());
        } catch (MalformedException e) {
            return false;
        }
    }
}
