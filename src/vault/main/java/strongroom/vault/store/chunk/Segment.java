package strongroom.vault.store.chunk;

import java.util.Optional;
import strongroom.vault.crypto.SegmentCipher;

/// A segment of a chunk whose plaintext is stored as it is: it is opened without the others. Which coding a chunk
/// has stands inside it, but its lengths give it away to who wrote it: what is compressed is shorter by a
/// sixteenth before it is padded, and padding makes what is longer than a segment longer by less than that.
///
/// @param number from 0 @param last whether the chunk ends with it
/// @param position of its ciphertext in that of the chunk @param sealed length of that ciphertext
/// @param from first byte of the chunk's plaintext that is in it @param to the byte behind its last one
public record Segment(int number, boolean last, int position, int sealed, int from, int to) {
    /// Of its plaintext at most, in bytes.
    public static final int BODY = 64 << 10;

    /// Of its ciphertext at most, in bytes.
    public static final int SEALED = BODY + SegmentCipher.OVERHEAD;

    /// The segment that holds a byte; empty if the chunk has to be opened whole, or is one segment.
    ///
    /// @param length of the chunk's plaintext @param sealed of its ciphertext, by the program's own hand
    /// @param at where in the plaintext
    public static Optional<Segment> holding(int at, int length, int sealed) {
        int count = (sealed - ChunkCipher.HEADER + SEALED - 1) / SEALED;
        int body = sealed - ChunkCipher.HEADER - count * SegmentCipher.OVERHEAD;
        if (length <= BODY || body < Coding.HEADER + length) {
            return Optional.empty();
        }
        int number = (Coding.HEADER + at) / BODY;
        int position = ChunkCipher.HEADER + number * SEALED;
        return Optional.of(new Segment(
                number,
                number == count - 1,
                position,
                Math.min(SEALED, sealed - position),
                Math.max(0, number * BODY - Coding.HEADER),
                Math.min(length, (number + 1) * BODY - Coding.HEADER)));
    }
}
