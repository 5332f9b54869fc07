package strongroom.vault.store;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import strongroom.protocol.Digest;

/// Chunks that somebody is about to name and that must not be tidied away meanwhile. Safe for several threads.
final class Pins {
    private final Map<Digest, Integer> counts = new HashMap<>();

    synchronized void pin(Digest chunk) {
        counts.merge(chunk, 1, Integer::sum);
    }

    synchronized void unpin(Digest chunk) {
        counts.computeIfPresent(chunk, (key, count) -> count == 1 ? null : count - 1);
    }

    /// Does something to a chunk unless it is pinned, and lets nobody pin it meanwhile.
    synchronized void unlessPinned(Digest chunk, Consumer<Digest> work) {
        if (!counts.containsKey(chunk)) {
            work.accept(chunk);
        }
    }
}
