package strongroom.vault.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import strongroom.protocol.Digest;

/// Chunks that somebody is about to name and that must not be tidied away meanwhile. Safe for several threads.
final class Pins {
    /// Work on chunks that nobody names.
    @FunctionalInterface
    interface Work {
        /// @param free the worker's own
        Object on(Set<Digest> free) throws StoreException;
    }

    private final Map<Digest, Integer> counts = new HashMap<>();

    synchronized void pin(Digest chunk) {
        counts.merge(chunk, 1, Integer::sum);
    }

    synchronized void unpin(Digest chunk) {
        counts.computeIfPresent(chunk, (key, count) -> count == 1 ? null : count - 1);
    }

    /// Does something to those that are not pinned, and lets nobody pin one meanwhile.
    synchronized void without(Collection<Digest> chunks, Work work) throws StoreException {
        Set<Digest> free = new HashSet<>(chunks);
        free.removeAll(counts.keySet());
        if (!free.isEmpty()) {
            work.on(free);
        }
    }
}
