package strongroom.vault.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.chunk.Place;

/// The chunks of a content in their order, and where they lie. That is looked up for some hundred chunks side by side
/// when one of them is asked for; until it is read a chunk may be moved. One thread at a time.
final class LocatedChunks {
    private static final int SIDE_BY_SIDE = 256;

    private final List<ChunkRef> chunks;
    private final Chunks store;
    private final @Nullable Place[] places;

    LocatedChunks(List<ChunkRef> chunks, Chunks store) {
        this.chunks = chunks;
        this.store = store;
        this.places = new @Nullable Place[chunks.size()];
    }

    int size() {
        return chunks.size();
    }

    ChunkRef get(int number) {
        return chunks.get(number);
    }

    /// Where a chunk lies, or has lain. @return null if it is not here
    @Nullable
    Place place(int number) throws StoreException {
        if (places[number] == null) {
            int first = number - number % SIDE_BY_SIDE;
            store.places(chunks, first, Math.min(chunks.size(), first + SIDE_BY_SIDE), places);
        }
        return places[number];
    }

    /// Whether every chunk is here; looks all of them up.
    boolean areHere() throws StoreException {
        for (int number = 0; number < chunks.size(); number++) {
            if (place(number) == null) {
                return false;
            }
        }
        return true;
    }
}
