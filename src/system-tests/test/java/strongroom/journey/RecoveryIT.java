package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.Crockford;
import strongroom.protocol.codec.MalformedException;

/// A person whose only laptop is gone: a new one and two of three administrators bring the documents back.
class RecoveryIT {
    private static final String PASSPHRASE = "eleven green bottles";
    private static final String PERSON = "Anna Keller";
    private static final Pattern DIGITS = Pattern.compile("\"approvalCode\":\"([0-9][^\"]*)\"");

    private Path folder;
    private Office office;
    private Client lost;
    private Client fresh;

    @BeforeEach
    void anOfficeWithARecoveryKey() throws IOException, InterruptedException {
        folder = TempFolder.make();
        office = Office.open(folder, "Muster AG");
        lost = Client.in(folder, "a", "none");
        fresh = Client.in(folder, "b", "none");
        office.admin("recovery", "init", "--shares", "3", "--threshold", "2", "--to", shares());
    }

    @AfterEach
    void end() throws IOException {
        lost.close();
        fresh.close();
        office.close();
        TempFolder.remove(folder);
    }

    private String shares() {
        return folder.resolve("shares").toString();
    }

    private String share(int number) {
        return folder.resolve("shares")
                .resolve("recovery-share-" + number + "-of-3.txt")
                .toString();
    }

    private void assertRefused(String sentence, String... words) throws IOException {
        Path log = folder.resolve("server.log");
        long before = Files.size(log);
        assertThrows(IOException.class, () -> office.admin(words));
        byte[] all = Files.readAllBytes(log);
        String said = new String(all, (int) before, (int) (all.length - before), StandardCharsets.UTF_8);
        assertTrue(said.contains(sentence), said);
    }

    private String digits() throws IOException, InterruptedException {
        Matcher waiting = DIGITS.matcher(fresh.run(PASSPHRASE, "devices", "--json"));
        assertTrue(waiting.find());
        return waiting.group(1);
    }

    @Test
    void theDocumentsComeBackWithTwoOfThreeSharesAndNotWithOne() throws IOException, InterruptedException {
        lost.enrol(office, PERSON, PASSPHRASE);
        Path plan = Files.writeString(folder.resolve("plan.txt"), "what Anna wrote");
        lost.run(PASSPHRASE + "\nadd " + plan + "\nsync", "batch");
        String proved = office.admin("recovery", "check", "--share", share(1), "--share", share(3));
        assertTrue(proved.contains("opens          " + PERSON), proved);
        lost.close();
        TempFolder.remove(lost.home());

        fresh.enrol(office, PERSON, PASSPHRASE);
        String digits = digits();
        assertRefused("Not enough shares", "recover", "b", "--share", share(2), "--digits", digits, "--yes");
        String[] wrong = {"recover", "b", "--share", share(2), "--share", share(3), "--digits", "1234", "--yes"};
        assertRefused("The digits are not those of the device", wrong);
        office.admin("recover", "b", "--share", share(2), "--share", share(3), "--digits", digits, "--yes");

        String back = fresh.run(PASSPHRASE + "\nsync\ncat plan.txt", "batch");
        assertTrue(back.contains("what Anna wrote"), back);
        assertSeedIsNowhereButInTheShares();
    }

    private void assertSeedIsNowhereButInTheShares() throws IOException {
        byte[] one = value(1);
        byte[] two = value(2);
        byte[] seed = ShamirSplitSecret.getInstance(ShamirSecretSplitter.Algorithm.AES, new ShamirSplitSecretShare[] {
                    new ShamirSplitSecretShare(one, 1), new ShamirSplitSecretShare(two, 2)
                })
                .getSecret();
        assertEquals(32, seed.length);
        for (byte[] secret : List.of(seed, one, two)) {
            // The control: the same search finds what lies there.
            Path control = Files.write(office.folder().resolve("control"), secret);
            assertTrue(holds(control, secret));
            Files.delete(control);
            for (Path place : List.of(office.folder(), office.administrator(), fresh.home())) {
                try (Stream<Path> files = Files.walk(place)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        assertTrue(!holds(file, secret), file + " holds a secret");
                    }
                }
            }
        }
    }

    private byte[] value(int number) throws IOException {
        String code = Files.readAllLines(Path.of(share(number))).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining());
        try {
            return Arrays.copyOfRange(Crockford.read(code.getBytes(StandardCharsets.US_ASCII), 50, "a share"), 15, 47);
        } catch (MalformedException e) {
            throw new IOException(e);
        }
    }

    private static boolean holds(Path file, byte[] secret) throws IOException {
        String all = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return all.contains(new String(secret, StandardCharsets.ISO_8859_1))
                || all.contains(HexFormat.of().formatHex(secret));
    }
}
