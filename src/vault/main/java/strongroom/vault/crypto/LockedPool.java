package strongroom.vault.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// One region of locked pages, cut into places for secrets: a page and three system calls for each of 32 bytes
/// would soon be over the limit that a user has. Safe for all threads.
final class LockedPool {
    private static final int PLACE = 256;
    private static final int PLACES = 512;
    private static final LockedPool POOL = new LockedPool(Libc.lockedPages(PLACE * PLACES));

    private final @Nullable MemorySegment region;
    private final BitSet taken = new BitSet(PLACES);

    private LockedPool(@Nullable MemorySegment region) {
        this.region = region;
    }

    /// Whether there are locked pages on this machine.
    static boolean isLocked() {
        return POOL.region != null;
    }

    /// @return memory that lives as long as `arena`; locked if there is a place, ordinary if not
    static MemorySegment take(Arena arena, int size) {
        MemorySegment place = POOL.place(arena, size);
        return place != null ? place : arena.allocate(Math.max(size, 1)).asSlice(0, size);
    }

    private @Nullable MemorySegment place(Arena arena, int size) {
        int place;
        if (region == null || size > PLACE) {
            return null;
        }
        synchronized (taken) {
            place = taken.nextClearBit(0);
            if (place == PLACES) {
                return null;
            }
            taken.set(place);
        }
        return region.asSlice((long) place * PLACE, size).reinterpret(arena, freed -> giveBack(place, freed));
    }

    private void giveBack(int place, MemorySegment freed) {
        freed.fill((byte) 0);
        synchronized (taken) {
            taken.clear(place);
        }
    }
}
