package strongroom.vault.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.signin.PlatformSignIn.Verdict;

/// PAM itself, in the process that we start for it, with a user and services of its own: both are made as root
/// only.
@Timeout(120)
class PamSignInIT {
    private static final Path SHIPPED = Path.of("../../packaging/linux/strongroom.pam");
    private static final String QUICK = "auth required pam_unix.so nodelay\naccount required pam_unix.so\n";

    private static final String USER = "srtest" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
    private static final String PASSWORD = "Grüße, " + USER;
    private static final Path SERVICE = Path.of("/etc/pam.d", USER);
    private static final Path AS_SHIPPED = Path.of("/etc/pam.d", USER + "-shipped");

    @BeforeAll
    static void makeUser() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root makes a user to ask");
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/etc/pam.d")), "there is no PAM here");
        Files.writeString(SERVICE, QUICK);
        Files.copy(SHIPPED, AS_SHIPPED);
        run("", "useradd", "--no-create-home", "--shell", "/usr/sbin/nologin", USER);
        run(USER + ":" + PASSWORD + "\n", "chpasswd");
    }

    @AfterAll
    static void removeUser() throws Exception {
        if (Files.deleteIfExists(SERVICE)) {
            Files.deleteIfExists(AS_SHIPPED);
            run("", "userdel", USER);
        }
    }

    private static void run(String input, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), List.of(command) + ": " + said);
    }

    private static PamSignIn asking(Path service, PasswordPrompt prompt) {
        return new PamSignIn(service.getFileName().toString(), USER, prompt);
    }

    private static Verdict answer(Path service, String password) {
        try (PamSignIn signIn = asking(service, _ -> SecretBytes.ofAndZero(password.toCharArray()))) {
            return signIn.ask("why");
        }
    }

    @Test
    void theRightPasswordIsAYesAlsoByTheFileOfThePackage() {
        assertEquals(Verdict.VERIFIED, answer(SERVICE, PASSWORD));
        assertEquals(Verdict.VERIFIED, answer(AS_SHIPPED, PASSWORD));
    }

    @Test
    void aWrongOneIsANo() {
        assertEquals(Verdict.REFUSED, answer(SERVICE, PASSWORD + "x"));
        assertEquals(Verdict.REFUSED, answer(SERVICE, PASSWORD + "\0x"));
    }

    @Test
    void anAccountThatHasExpiredIsANoWithTheRightPassword() throws Exception {
        run("", "chage", "--expiredate", "1", USER);
        try {
            assertEquals(Verdict.REFUSED, answer(SERVICE, PASSWORD));
        } finally {
            run("", "chage", "--expiredate", "-1", USER);
        }
    }

    @Test
    void whoDoesNotWantToAnswerHasNotBeenRefused() {
        try (PamSignIn signIn = asking(SERVICE, _ -> null)) {
            assertEquals(Verdict.CANCELLED, signIn.ask("why"));
        }
    }

    @Test
    void aServiceWithoutAFileIsNotAsked() {
        AtomicInteger asked = new AtomicInteger();
        try (PamSignIn signIn = asking(Path.of(USER + "-none"), _ -> {
            asked.incrementAndGet();
            return null;
        })) {
            assertFalse(signIn.isAvailable());
            assertEquals(Verdict.UNAVAILABLE, signIn.ask("why"));
        }
        assertEquals(0, asked.get());
    }

    @Test
    void oneQuestionIsAskedAtATimeAndClosingEndsIt() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        PamSignIn signIn = asking(SERVICE, reason -> {
            asked.complete(reason);
            closed.join();
            return SecretBytes.ofAndZero(PASSWORD.toCharArray());
        });
        assertTrue(signIn.isAvailable());
        CompletableFuture<Verdict> verdict = CompletableFuture.supplyAsync(() -> signIn.ask("why"));
        assertEquals("why", asked.get());
        assertEquals(Verdict.BUSY, signIn.ask("why"));

        signIn.close();
        closed.complete(true);

        assertEquals(Verdict.CANCELLED, verdict.get());
        assertEquals(Verdict.CANCELLED, signIn.ask("why"));
    }
}
