package strongroom.vault.store;

import java.util.HashMap;
import java.util.Map;
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

    synchronized boolean holds(Digest chunk) {
        return counts.containsKey(chunk);
    }
}
