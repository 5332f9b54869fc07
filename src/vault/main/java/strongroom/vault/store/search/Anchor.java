package strongroom.vault.store.search;

import java.util.Optional;
import strongroom.protocol.Id;
import strongroom.vault.store.StoreException;

/// Where the store keeps, sealed, which index is the present one and how far it was: an older index that was put back
/// is noticed by it.
public interface Anchor {
    /// What is kept.
    ///
    /// @param index random name of the index; its keys depend on it
    /// @param generation the number of its last commit, or of one before it
    record Point(Id index, long generation) {}

    /// What was written last; empty if nothing was, or if it is damaged.
    Optional<Point> read() throws StoreException;

    /// Keeps a point durably, in place of the one before.
    void write(Point point) throws StoreException;
}
