package strongroom.vault.store;

import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.store.catalog.Node;

/// What changes that the server has not taken make of an entry.
///
/// @param node null if they destroyed it: the server's log still has it, so the row must say so
record Draft(Id entry, @Nullable Node node) {
    static Draft of(Id entry, byte[] encoded) throws MalformedException {
        return new Draft(entry, encoded.length == 0 ? null : Node.of(entry, encoded));
    }

    byte[] toByteArray() {
        return node == null ? new byte[0] : node.toByteArray();
    }
}
