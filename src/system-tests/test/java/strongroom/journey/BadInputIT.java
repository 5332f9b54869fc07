package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import strongroom.journey.Client.Said;

/// What people and machines do wrong, against the real parts: each refusal has its own exit code and one sentence,
/// and nothing is lost.
class BadInputIT {
    private static final String PIN = "4711 0815 77";
    private static final String PASSPHRASE = "eleven green bottles";

    private static Path folder;
    private static Office office;
    private static Office other;
    private static TpmEmulator tpm;
    private static Client sealed;
    private static Client plain;
    private static String usedCode;

    @BeforeAll
    static void twoOrganisationsAndTwoClients() throws IOException, InterruptedException {
        folder = TempFolder.make();
        office = Office.open(Files.createDirectory(folder.resolve("o")), "Muster AG");
        other = Office.open(Files.createDirectory(folder.resolve("p")), "Other AG");
        tpm = TpmEmulator.start(Files.createDirectory(folder.resolve("t")));
        sealed = Client.in(folder, "sealed", tpm.address());
        plain = Client.in(folder, "plain", "none");
        usedCode = office.enrolCode("Anna Keller");
        sealed.run(PIN, "enrol", "--server", office.url(), "--code", usedCode);
        plain.enrol(office, "Jonas Brandt", PASSPHRASE);
    }

    @AfterAll
    static void end() throws IOException {
        sealed.close();
        plain.close();
        tpm.close();
        office.close();
        other.close();
        TempFolder.remove(folder);
    }

    @Test
    void codesThatAreMistypedUnknownOrUsedAndPinsThatAreTooShortAreToldApart()
            throws IOException, InterruptedException {
        try (Client fresh = Client.in(folder, "fresh", "none")) {
            Refused.with(3, fresh.say(PASSPHRASE, "ls"));
            Refused.with(11, fresh.say(PASSPHRASE, "enrol", "--server", office.url(), "--code", mistyped(usedCode)));
            Refused.with(11, enrol(fresh, other.enrolCode("Anna Keller"), PASSPHRASE));
            Refused.with(12, enrol(fresh, usedCode, PASSPHRASE));
            String code = office.enrolCode("Tara Okafor");
            Refused.with(28, enrol(fresh, code, "short"));
            // None of them has spoilt anything.
            assertEquals(0, enrol(fresh, code, PASSPHRASE).exit());
            Refused.with(30, enrol(fresh, code, PASSPHRASE));
        }
    }

    /// For machines: people are told first whose code it is.
    private static Said enrol(Client client, String code, String pin) throws IOException, InterruptedException {
        return client.say(pin, "enrol", "--json", "--server", office.url(), "--code", code);
    }

    private static String mistyped(String code) {
        char typed = code.charAt(7);
        return code.substring(0, 7) + (typed == 'A' ? 'B' : 'A') + code.substring(8);
    }

    @Test
    void aWrongPinIsCountedAndAMissingTpmIsNot() throws IOException, InterruptedException {
        Said wrong = sealed.say("0000 1111 22", "ls");
        Refused.with(5, wrong);
        assertTrue(wrong.errors().getFirst().matches(".*Tries left.*\\d+\\."), wrong::toString);
        Said counted = plain.say("not the passphrase", "ls");
        Refused.with(5, counted);
        assertTrue(counted.errors().getFirst().matches(".*Tries left.*\\d+\\."), counted::toString);

        tpm.close();
        Refused.with(7, sealed.say(PIN, "ls"));
        tpm = TpmEmulator.start(folder.resolve("t"));
        sealed.run(PIN, "ls");
    }

    @Test
    void withoutTheServerOrWithAnotherInItsPlaceWorkGoesOnAndIsSentLater() throws IOException, InterruptedException {
        String port = office.devicePort();
        plain.run(PASSPHRASE, "sync");
        office.stop();
        plain.run(PASSPHRASE, "add", text("offline.txt", "written on a train").toString());
        assertEquals("written on a train", plain.run(PASSPHRASE, "cat", "offline.txt"));
        Refused.with(14, plain.say(PASSPHRASE, "sync"));

        other.stop();
        other.start(port);
        Refused.with(15, plain.say(PASSPHRASE, "sync"));
        plain.run(PASSPHRASE, "add", text("denied.txt", "behind a proxy").toString());
        assertEquals("behind a proxy", plain.run(PASSPHRASE, "cat", "denied.txt"));
        other.stop();

        office.start(port);
        plain.run(PASSPHRASE, "sync");
        assertTrue(plain.run(PASSPHRASE, "status", "--json").contains("\"pending\":0"));
        assertTrue(plain.run(PASSPHRASE, "verify", "--read-data").contains("Nothing is damaged"));
        String port2 = other.devicePort();
        other.start(port2);
    }

    private static Path text(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void whatCannotBeReadIsNamedAndTheRestIsAdded() throws IOException, InterruptedException {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Files.writeString(sources.resolve("first.txt"), "first");
        Files.writeString(sources.resolve("last.txt"), "last");
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", sources.resolve("pipe").toString())
                        .start()
                        .waitFor());

        // Root reads what it likes, but even root gets an error for the first byte of a process's memory.
        Said said = plain.say(
                PASSPHRASE,
                "add",
                "--json",
                folder.resolve("vanished.txt").toString(),
                "/proc/self/mem",
                sources.toString());
        assertEquals(21, said.exit(), said::toString);
        assertTrue(said.errors().isEmpty(), said::toString);
        assertEquals(
                3,
                said.out()
                        .lines()
                        .filter(line -> line.contains("SOURCE_UNREADABLE"))
                        .count(),
                said::toString);
        for (String bad : List.of("vanished.txt", "/proc/self/mem", "pipe")) {
            assertTrue(said.out().lines().anyMatch(line -> line.contains(bad) && line.contains("sentence")), bad);
        }
        assertEquals("first", plain.run(PASSPHRASE, "cat", "sources/first.txt"));
        assertEquals("last", plain.run(PASSPHRASE, "cat", "sources/last.txt"));
    }

    @Test
    void nastyNamesComeThroughAsTheyAre() throws IOException, InterruptedException {
        List<String> names = NastyNames.thatAFileMayHave();
        Path sources = Files.createDirectory(folder.resolve("nasty"));
        for (int i = 0; i < names.size(); i++) {
            // Each in a folder of its own: names that differ in case only are another test's subject.
            Path own = Files.createDirectory(sources.resolve("n" + i));
            Files.writeString(own.resolve(names.get(i)), i + " " + names.get(i));
        }
        plain.run(PASSPHRASE, "add", sources.toString());

        Map<Integer, String> kept = NastyNames.listed(plain.run(PASSPHRASE, "ls", "-R", "--json", "nasty"));
        Path out = Files.createDirectory(folder.resolve("out"));
        plain.run(PASSPHRASE, "export", "nasty", "--to", out.toString());
        for (int i = 0; i < names.size(); i++) {
            assertEquals(names.get(i), kept.get(i));
            Path own = out.resolve("nasty").resolve("n" + i);
            assertEquals(i + " " + names.get(i), Files.readString(NastyNames.only(own)));
        }
    }

    @Test
    void aHomeThatIsOpenIsNotOpenedTwice() throws IOException, InterruptedException {
        try (Client.Batch session = plain.batch(PASSPHRASE)) {
            assertTrue(session.ask("mkdir held").isPresent());
            Refused.with(24, plain.say(PASSPHRASE, "ls"));
            assertEquals(0, session.end());
        }
        plain.run(PASSPHRASE, "ls");
    }

    @Test
    void aFullDiskLosesNothingThatWasReportedAsAdded() throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can make a small disk");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = exit("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()) == 0;
        assumeTrue(mounted, "no small disk can be mounted here");
        try (Client small = Client.in(disk, "home", "none")) {
            small.enrol(office, "Lena Vogt", PASSPHRASE);
            Map<String, byte[]> added = fill(small, disk);
            // A try that cannot be counted is not made; somebody has to free some space first.
            Refused.with(20, small.say(PASSPHRASE, "ls"));

            Files.delete(disk.resolve("ballast"));

            assertTrue(small.run(PASSPHRASE, "verify", "--read-data").contains("Nothing is damaged"));
            Path late = text("late.txt", "there is room again");
            small.run(PASSPHRASE, "add", late.toString());
            added.put("late.txt", Files.readAllBytes(late));
            Path out = Files.createDirectory(folder.resolve("full-out"));
            small.run(PASSPHRASE, "export", "/", "--to", out.toString());
            for (Map.Entry<String, byte[]> document : added.entrySet()) {
                assertEquals(-1, mismatch(document.getValue(), out.resolve(document.getKey())), document.getKey());
            }
            try (Stream<Path> exported = Files.list(out)) {
                assertEquals(added.size(), exported.count());
            }
        } finally {
            exit("umount", "-l", disk.toString());
        }
    }

    /// Adds documents while the disk becomes full. @return what was reported as added
    private static Map<String, byte[]> fill(Client client, Path disk) throws IOException, InterruptedException {
        Random random = new Random(20_261_122);
        Map<String, byte[]> added = new TreeMap<>();
        try (Client.Batch session = client.batch(PASSPHRASE)) {
            for (int i = 0; i < 12; i++) {
                if (i == 6) {
                    ballast(disk.resolve("ballast"));
                }
                byte[] content = new byte[100_000 + random.nextInt(600_000)];
                random.nextBytes(content);
                Path source = Files.write(folder.resolve("block" + i), content);
                String answer = session.ask("add " + source).orElse("");
                if (i < 6) {
                    assertTrue(answer.contains("\"path\""), answer);
                    added.put("block" + i, content);
                } else {
                    assertTrue(answer.contains("\"DISK_FULL\"") && answer.contains("\"sentence\""), answer);
                }
            }
            assertEquals(20, session.end());
        }
        return added;
    }

    /// Takes what room there is.
    private static void ballast(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException expected) {
            assertTrue(String.valueOf(expected.getMessage()).contains("No space left"), expected::toString);
        }
    }

    private static int mismatch(byte[] expected, Path file) throws IOException {
        return Arrays.mismatch(expected, Files.readAllBytes(file));
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }
}
