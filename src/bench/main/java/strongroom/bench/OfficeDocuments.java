package strongroom.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/// What an office keeps, made from a seed: lengths log-normal around 40 KiB; 45 % of the documents are text, of
/// words as often as Zipf says, 50 % compressed already, 5 % copies of others.
final class OfficeDocuments {
    private static final int WORDS = 20_000;
    private static final int FOLDERS = 10;

    private final Random random = new Random(1);
    private final byte[][] words = new byte[WORDS][];
    private final double[] sums = new double[WORDS];

    OfficeDocuments() {
        double sum = 0;
        for (int i = 0; i < WORDS; i++) {
            byte[] word = new byte[2 + random.nextInt(9)];
            for (int c = 0; c < word.length; c++) {
                word[c] = (byte) ('a' + random.nextInt(26));
            }
            words[i] = word;
            sum += 1.0 / (i + 1);
            sums[i] = sum;
        }
    }

    /// @return how many bytes there are
    long write(Path folder, int count) throws IOException {
        long bytes = 0;
        byte[] last = {};
        for (int i = 0; i < count; i++) {
            Path shelf = Files.createDirectories(folder.resolve("folder " + i % FOLDERS));
            int kind = random.nextInt(20);
            int length = Math.clamp((int) Math.exp(10.6 + random.nextGaussian()), 512, 8 << 20);
            byte[] content = kind == 0 && last.length > 0 ? last : kind < 10 ? text(length) : compressed(length);
            Files.write(shelf.resolve("document " + i), content);
            bytes += content.length;
            last = content;
        }
        return bytes;
    }

    private byte[] text(int length) {
        byte[] text = new byte[length];
        for (int at = 0; at < length; ) {
            int found = Arrays.binarySearch(sums, random.nextDouble() * sums[WORDS - 1]);
            byte[] word = words[Math.min(found < 0 ? -found - 1 : found, WORDS - 1)];
            int count = Math.min(word.length, length - at);
            System.arraycopy(word, 0, text, at, count);
            at += count;
            if (at < length) {
                text[at++] = ' ';
            }
        }
        return text;
    }

    private byte[] compressed(int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        System.arraycopy("PK\3\4".getBytes(StandardCharsets.ISO_8859_1), 0, content, 0, 4);
        return content;
    }

    /// One that cannot be compressed.
    Path large(Path file, long bytes) throws IOException {
        byte[] part = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < bytes; written += part.length) {
                random.nextBytes(part);
                out.write(part, 0, (int) Math.min(part.length, bytes - written));
            }
        }
        return file;
    }

    /// A copy in which one per cent changed, in blocks of 4 KiB here and there.
    Path edited(Path file, Path to) throws IOException {
        byte[] content = Files.readAllBytes(file);
        byte[] block = new byte[4096];
        for (int i = 0; i < content.length / 100 / block.length; i++) {
            random.nextBytes(block);
            System.arraycopy(block, 0, content, random.nextInt(content.length / block.length) * block.length, 4096);
        }
        return Files.write(to, content);
    }

    /// A copy into which 4 KiB were inserted.
    Path inserted(Path file, Path to) throws IOException {
        byte[] content = Files.readAllBytes(file);
        byte[] block = new byte[4096];
        random.nextBytes(block);
        try (OutputStream out = Files.newOutputStream(to)) {
            int middle = content.length / 2 + 7;
            out.write(content, 0, middle);
            out.write(block);
            out.write(content, middle, content.length - middle);
        }
        return to;
    }
}
