package strongroom.journey;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Looks for bytes in the memory of another process, by `/proc/PID/mem`: all that it can write to, swapped or not.
final class ProcessMemory {
    private static final int BLOCK = 1 << 22;
    private static final int LONGEST = 1 << 10;

    /// Each byte turned over: a search of this very process finds what it holds and not what it looks for.
    private final Map<String, byte[]> needles = new LinkedHashMap<>();

    /// Looks for a text as UTF-8, as a Java string of wide letters and as one of narrow letters.
    void text(String what, String text) {
        bytes(what + " in UTF-8", text.getBytes(StandardCharsets.UTF_8));
        bytes(what + " in UTF-16", text.getBytes(StandardCharsets.UTF_16LE));
    }

    void bytes(String what, byte[] bytes) {
        if (bytes.length < 4 || bytes.length > LONGEST) {
            throw new IllegalArgumentException("too short to mean something, or too long: " + what);
        }
        byte[] masked = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            masked[i] = (byte) ~bytes[i];
        }
        needles.put(what, masked);
    }

    /// Looks for an AES key and for the head of its round keys, which Java's cipher keeps as numbers of this
    /// processor's order.
    void key(String what, byte[] key) {
        bytes(what, key);
        ByteBuffer words = ByteBuffer.allocate(key.length).order(ByteOrder.nativeOrder());
        for (int i = 0; i < key.length; i += Integer.BYTES) {
            words.putInt(ByteBuffer.wrap(key).getInt(i));
        }
        bytes("round keys of " + what, words.array());
    }

    /// @return how often each was found; those that were not are left out
    Map<String, Integer> in(long pid) throws IOException {
        BitSet firsts = new BitSet(1 << 16);
        for (byte[] needle : needles.values()) {
            firsts.set((~needle[0] & 0xff) << 8 | ~needle[1] & 0xff);
        }
        Map<String, Integer> found = new TreeMap<>();
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
            for (long[] area : areas(pid)) {
                search(memory, area[0], area[1], firsts, found);
            }
        }
        return found;
    }

    /// Whether a process has no memory any more: it is not there, or has ended and nobody has asked for its exit code.
    static boolean isGone(long pid) {
        try {
            return areas(pid).isEmpty();
        } catch (IOException expected) {
            return true;
        }
    }

    private static List<long[]> areas(long pid) throws IOException {
        List<long[]> areas = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "maps"))) {
            String[] words = line.split("\\s+", 6);
            if (words[1].startsWith("rw")) {
                String[] ends = words[0].split("-", 2);
                areas.add(new long[] {Long.parseUnsignedLong(ends[0], 16), Long.parseUnsignedLong(ends[1], 16)});
            }
        }
        return areas;
    }

    private void search(RandomAccessFile memory, long from, long to, BitSet firsts, Map<String, Integer> found) {
        byte[] block = new byte[BLOCK + LONGEST];
        for (long at = from; at < to; at += BLOCK) {
            int length = (int) Math.min(block.length, to - at);
            try {
                memory.seek(at);
                memory.readFully(block, 0, length);
            } catch (IOException expected) {
                // Part of it went away meanwhile, or is a device.
                continue;
            }
            // What begins in the part that the next block begins with is counted there.
            int end = Math.min(length - 4, BLOCK);
            for (int i = 0; i < end; i++) {
                if (firsts.get((block[i] & 0xff) << 8 | block[i + 1] & 0xff)) {
                    count(block, i, length, found);
                }
            }
        }
    }

    private void count(byte[] block, int at, int length, Map<String, Integer> found) {
        needles.forEach((what, needle) -> {
            if (at + needle.length <= length && isAt(block, at, needle)) {
                found.merge(what, 1, Integer::sum);
            }
        });
    }

    private static boolean isAt(byte[] block, int at, byte[] needle) {
        for (int i = 0; i < needle.length; i++) {
            if (block[at + i] != (byte) ~needle[i]) {
                return false;
            }
        }
        return true;
    }
}
