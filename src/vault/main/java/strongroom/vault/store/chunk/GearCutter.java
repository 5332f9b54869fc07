package strongroom.vault.store.chunk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.SecretBytes;

/// Decides where a document is cut: where its bytes say so, so that an edit moves the cuts beside it and no others.
/// FastCDC (Xia et al., 2016) with a gear table that follows from the vault's key: who knows a document but not the
/// key cannot tell at which lengths it would be cut. Holds no state of a document; safe for several threads.
public final class GearCutter {
    private static final int SYMBOLS = 256;
    /// How many bits harder a cut is before the average length, and easier behind it: lengths keep near the average.
    private static final int NORMALISATION = 2;

    private final long[] gear;

    /// @param vaultKey 32 bytes, borrowed for this call
    GearCutter(SecretBytes vaultKey) {
        byte[] label = "strongroom cutter v2".getBytes(StandardCharsets.US_ASCII);
        try (SecretBytes table = Hkdf.derive(vaultKey, new byte[0], label, SYMBOLS * Long.BYTES)) {
            this.gear = table.<long[], RuntimeException>use(bytes -> {
                long[] values = new long[SYMBOLS];
                ByteBuffer.wrap(bytes).asLongBuffer().get(values);
                return values;
            });
        }
    }

    /// Where the chunk that begins at `from` ends.
    ///
    /// @param to end of what is known: {@link CutSize#most} behind `from` at least, or the end of the document
    /// @return the length of the chunk, 1 to {@link CutSize#most}
    public int cut(byte[] bytes, int from, int to, CutSize size) {
        int end = Math.min(to, from + size.most());
        if (end - from <= size.least()) {
            return end - from;
        }
        int bits = Integer.numberOfTrailingZeros(size.average());
        int middle = Math.min(end, from + size.average());
        int at = from + size.least();
        long hash = 0;
        // The hash is over the last 64 bytes, so it begins before the first place where a cut may be.
        for (int i = at - Long.SIZE; i < at; i++) {
            hash = (hash << 1) + gear[bytes[i] & 0xff];
        }
        int rare = Long.SIZE - bits - NORMALISATION;
        for (; at < middle; at++) {
            hash = (hash << 1) + gear[bytes[at] & 0xff];
            if (hash >>> rare == 0) {
                return at + 1 - from;
            }
        }
        int often = Long.SIZE - bits + NORMALISATION;
        for (; at < end; at++) {
            hash = (hash << 1) + gear[bytes[at] & 0xff];
            if (hash >>> often == 0) {
                return at + 1 - from;
            }
        }
        return end - from;
    }

    /// Forgets the table.
    void clear() {
        Arrays.fill(gear, 0);
    }
}
