package strongroom.vault.store.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import strongroom.vault.crypto.SecretBytes;

class GearCutterTest {
    private static GearCutter cutter(int key) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (key + i);
        }
        try (SecretBytes secret = SecretBytes.ofAndZero(bytes)) {
            return new GearCutter(secret);
        }
    }

    private static List<Integer> lengths(GearCutter cutter, byte[] content) {
        CutSize size = CutSize.of(content.length);
        List<Integer> lengths = new ArrayList<>();
        for (int at = 0; at < content.length; at += lengths.getLast()) {
            lengths.add(cutter.cut(content, at, content.length, size));
        }
        return lengths;
    }

    private static Set<List<Byte>> pieces(GearCutter cutter, byte[] content) {
        Set<List<Byte>> pieces = new HashSet<>();
        int at = 0;
        for (int length : lengths(cutter, content)) {
            List<Byte> piece = new ArrayList<>();
            for (byte b : Arrays.copyOfRange(content, at, at + length)) {
                piece.add(b);
            }
            pieces.add(piece);
            at += length;
        }
        return pieces;
    }

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    /// The numbers were computed in another language from the words of `docs/vault-format.md`.
    @Test
    void aDocumentIsCutWhereTheFormatSays() {
        byte[] content = new byte[200_000];
        long state = 1;
        for (int i = 0; i < content.length; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            content[i] = (byte) (state >>> 56);
        }

        assertEquals(
                List.of(4694, 23160, 17213, 18024, 8164, 16602, 16711, 16928, 21618, 20344, 6247, 17432, 12863),
                lengths(cutter(0), content));
    }

    @Test
    void anInsertionChangesTheChunksBesideItAlone() {
        byte[] before = random(2 << 20);
        byte[] after = new byte[before.length + 100];
        System.arraycopy(before, 0, after, 0, 1_000_000);
        System.arraycopy(random(100), 0, after, 1_000_000, 100);
        System.arraycopy(before, 1_000_000, after, 1_000_100, before.length - 1_000_000);

        Set<List<Byte>> fresh = pieces(cutter(0), after);
        fresh.removeAll(pieces(cutter(0), before));

        assertTrue(fresh.size() <= 3, fresh.size() + " new chunks");
    }

    @Test
    void anotherKeyCutsElsewhere() {
        assertNotEquals(lengths(cutter(0), random(1 << 20)), lengths(cutter(1), random(1 << 20)));
    }

    @Test
    void lengthsKeepNearTheAverageAndWithinTheirBounds() {
        byte[] content = random(8 << 20);
        CutSize size = CutSize.of(content.length);
        List<Integer> lengths = lengths(cutter(0), content);

        assertEquals(
                content.length, lengths.stream().mapToInt(Integer::intValue).sum());
        assertTrue(lengths.stream().allMatch(length -> length <= size.most()));
        assertTrue(lengths.subList(0, lengths.size() - 1).stream().allMatch(length -> length > size.least()));
        int average = content.length / lengths.size();
        assertTrue(average > size.average() * 2 / 3 && average < size.average() * 3 / 2, "average " + average);
    }

    @Test
    void contentWithoutAnyVarietyIsCutAtTheLongest() {
        List<Integer> lengths = lengths(cutter(0), new byte[1 << 20]);

        assertTrue(Set.of(CutSize.of(1 << 20).most(), CutSize.of(1 << 20).least() + 1)
                .contains(lengths.getFirst()));
    }

    @Test
    void aShortDocumentIsOneChunkAndALongOneHasThousands() {
        assertEquals(1, lengths(cutter(0), random(64 << 10)).size());
        assertEquals(16 << 10, CutSize.of(100 << 20).average());
        assertEquals(128 << 10, CutSize.of(1 << 30).average());
        assertEquals(1 << 20, CutSize.of(1L << 40).average());
    }
}
