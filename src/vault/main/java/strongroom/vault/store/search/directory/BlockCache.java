package strongroom.vault.store.search.directory;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The blocks that were opened last, up to a number of bytes. Safe for several threads. A block that left may still be
/// in the hands of a reader, so only {@link #clear}, after which nobody reads, fills blocks with zeros.
final class BlockCache {
    private record Place(long file, int number) {}

    private final Map<Place, byte[]> blocks = new LinkedHashMap<>(256, 0.75f, true);
    private final long limit;
    private long held;

    BlockCache(long limit) {
        this.limit = limit;
    }

    synchronized byte @Nullable [] get(long file, int number) {
        return blocks.get(new Place(file, number));
    }

    synchronized void put(long file, int number, byte[] block) {
        byte[] before = blocks.put(new Place(file, number), block);
        held += block.length - (before == null ? 0 : before.length);
        Iterator<byte[]> eldest = blocks.values().iterator();
        while (held > limit && eldest.hasNext()) {
            held -= eldest.next().length;
            eldest.remove();
        }
    }

    synchronized void forget(long file) {
        blocks.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().file == file;
            held -= gone ? entry.getValue().length : 0;
            return gone;
        });
    }

    synchronized void clear() {
        blocks.values().forEach(block -> Arrays.fill(block, (byte) 0));
        blocks.clear();
        held = 0;
    }
}
