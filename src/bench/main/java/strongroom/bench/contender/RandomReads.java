package strongroom.bench.contender;

import java.util.Random;

/// Pieces of one document, here and there: the same ones for every contender.
///
/// @param count how many @param length of each, in bytes @param seed where they are @param budget whoever needs
/// more seconds than that for all of them stops early
public record RandomReads(int count, int length, long seed, double budget) {
    /// Where the pieces begin in a document of that size.
    long[] offsets(long size) {
        return new Random(seed).longs(count, 0, size - length).toArray();
    }
}
