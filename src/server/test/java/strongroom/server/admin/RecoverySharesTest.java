package strongroom.server.admin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.RecoveryKey;
import strongroom.protocol.codec.MalformedException;

/// Shares as files, as administrators bring them together.
class RecoverySharesTest {
    @TempDir
    private Path directory;

    private final SecureRandom random = new SecureRandom();
    private RecoverySeed seed;
    private List<Path> files;

    @BeforeEach
    void split() throws IOException {
        seed = RecoverySeed.generate(random);
        files = write("a", seed, 5, 3);
    }

    private List<Path> write(String name, RecoverySeed made, int shares, int threshold) throws IOException {
        RecoveryKey key = new RecoveryKey(4, made.publicKey(), shares, threshold, Instant.EPOCH);
        List<Path> written = new ArrayList<>();
        for (RecoveryShare share : made.split(shares, threshold, random)) {
            Path file = directory.resolve(name + share.number() + ".txt");
            written.add(Files.write(file, share.text("Muster AG\n\u001b[2J", key)));
        }
        return written;
    }

    private static String refusal(List<Path> files) {
        return String.valueOf(assertThrows(AdminException.class, () -> RecoveryShares.read(files))
                .getMessage());
    }

    private void assertCombine(List<Path> some) throws Exception {
        try (RecoveryShares shares = RecoveryShares.read(some);
                RecoverySeed again = shares.combine()) {
            assertArrayEquals(seed.borrow(), again.borrow());
        }
    }

    @Test
    void anyThreeOfFiveGiveTheSeedAgain() throws Exception {
        for (int a = 0; a < 5; a++) {
            for (int b = a + 1; b < 5; b++) {
                for (int c = b + 1; c < 5; c++) {
                    assertCombine(List.of(files.get(b), files.get(a), files.get(c)));
                }
            }
        }
        assertCombine(files);
    }

    @Test
    void tooFewTheSameTwiceAndNoneAreRefused() {
        assertEquals("Not enough shares: 2 given, 3 needed.", refusal(files.subList(0, 2)));
        assertEquals("Share 1 is there twice.", refusal(List.of(files.get(0), files.get(1), files.get(0))));
        assertEquals("Not enough shares: 0 given, 1 needed.", refusal(List.of()));
    }

    @Test
    void aShareOfAnotherKeyIsRefused() throws IOException {
        Path other = write("b", RecoverySeed.generate(random), 5, 3).get(4);

        String sentence = refusal(List.of(files.get(0), files.get(1), other));

        assertEquals(other + " is a share of another recovery key than " + files.get(0) + ".", sentence);
    }

    @Test
    void aForgedShareIsNoticedByTheKeyThatComesOut() throws Exception {
        byte[] value = new byte[Box.SEED];
        RecoveryShare forged = RecoveryShare.of(3, 5, 3, Digest.sha256(seed.publicKey()), value);
        Path file = Files.write(
                directory.resolve("forged"),
                forged.text("Muster AG", new RecoveryKey(4, seed.publicKey(), 5, 3, Instant.EPOCH)));

        try (RecoveryShares shares = RecoveryShares.read(List.of(files.get(0), files.get(1), file))) {
            AdminException refused = assertThrows(AdminException.class, shares::combine);
            assertTrue(String.valueOf(refused.getMessage()).contains("forged"));
        }
    }

    @Test
    void aFileSaysWhatItIsAndIsReadInWhateverFormItIsTyped() throws Exception {
        String text = Files.readString(files.getFirst());
        assertTrue(text.startsWith("# Strongroom: share 1 of 5 of the recovery key of Muster AG??[2J\n"), text);
        assertTrue(text.contains("3 of the 5 shares together"), text);
        List<String> code = text.lines().filter(line -> !line.startsWith("#")).toList();
        assertEquals(4, code.size());
        assertTrue(code.stream().allMatch(line -> line.matches("([0-9A-Z]{5}-){3}[0-9A-Z]{5}")), text);

        Files.writeString(
                files.getFirst(),
                String.join(" ", code).toLowerCase(Locale.ROOT).replace('0', 'o'));
        assertCombine(files.subList(0, 3));
    }

    @Test
    void everySingleMistypedSymbolIsNoticed() throws IOException {
        byte[] text = Files.readAllBytes(files.getFirst());
        String whole = new String(text, StandardCharsets.US_ASCII);
        for (int i = whole.indexOf('\n', whole.lastIndexOf('#')); i < text.length; i++) {
            if (!Character.isLetterOrDigit(text[i])) {
                continue;
            }
            byte[] wrong = text.clone();
            wrong[i] = (byte) (text[i] == 'Z' ? 'Y' : 'Z');
            assertThrows(MalformedException.class, () -> RecoveryShare.parse(wrong), "byte " + i);
        }
        Files.writeString(files.getFirst(), "hello");
        assertTrue(refusal(files).endsWith("a share has 80 letters and digits, this one has 5."), refusal(files));
    }
}
