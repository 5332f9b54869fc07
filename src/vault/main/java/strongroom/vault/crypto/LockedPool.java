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

    /// A place for one secret. Whoever took it gives it back once, and does not touch the memory afterwards.
    ///
    /// @param number in the pool, -1 if it is not @param arena of memory that is not in the pool
    record Place(MemorySegment memory, int number, @Nullable Arena arena) {
        /// Fills it with zeros for the next one.
        void giveBack() {
            memory.fill((byte) 0);
            if (arena != null) {
                arena.close();
            } else {
                POOL.clear(number);
            }
        }
    }

    /// @return locked memory if there is a place, ordinary memory off the heap if not
    static Place take(int size) {
        Place place = POOL.place(size);
        if (place != null) {
            return place;
        }
        Arena arena = Arena.ofShared();
        return new Place(arena.allocate(Math.max(size, 1)).asSlice(0, size), -1, arena);
    }

    private @Nullable Place place(int size) {
        if (region == null || size > PLACE) {
            return null;
        }
        int number;
        synchronized (taken) {
            number = taken.nextClearBit(0);
            if (number == PLACES) {
                return null;
            }
            taken.set(number);
        }
        return new Place(region.asSlice((long) number * PLACE, size), number, null);
    }

    private void clear(int number) {
        synchronized (taken) {
            taken.clear(number);
        }
    }
}
