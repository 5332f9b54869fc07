package strongroom.vault.store.chunk;

/// How long the chunks of a document are. Long documents have longer ones, so that a document is some thousands of
/// chunks at most: what an edit sends again is about two chunks, one part in four thousand. A short document is one
/// chunk.
///
/// @param least no chunk but the last is shorter, in bytes @param average about how long they are, a power of two
/// @param most no chunk is longer
public record CutSize(int least, int average, int most) {
    private static final int WHOLE = 64 << 10;
    private static final int SHORTEST = 16 << 10;
    private static final int LONGEST = 1 << 20;
    private static final int CHUNKS = 8192;
    /// With the format's own bytes it stays under the limit of a chunk on the wire.
    private static final int MOST = 2 << 20;

    /// For a document of that length.
    ///
    /// @param length in bytes, as far as known: a document that turns out to be longer has more chunks
    public static CutSize of(long length) {
        if (length <= WHOLE) {
            return new CutSize(WHOLE, WHOLE, WHOLE);
        }
        int average = SHORTEST;
        while (average < LONGEST && (long) average * CHUNKS < length) {
            average *= 2;
        }
        return new CutSize(average / 4, average, Math.min(average * 4, MOST));
    }
}
