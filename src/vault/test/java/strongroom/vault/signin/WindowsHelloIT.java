package strongroom.vault.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.platform.Headers;
import strongroom.vault.platform.NativeLibrary;
import strongroom.vault.signin.PlatformSignIn.Verdict;

/// Windows Hello over a model of combase.dll, compiled for this machine by the headers of Windows.
@Timeout(60)
class WindowsHelloIT {
    @TempDir
    private static Path folder = Path.of("");

    private static NativeLibrary model = new NativeLibrary("");

    @BeforeAll
    static void compile() throws Exception {
        model = new NativeLibrary(Headers.ofWindows("windows.h")
                .compile(WindowsHelloIT.class, "combase.c", folder)
                .toString());
    }

    @AfterEach
    void nothingIsLeft() {
        for (String counter : new String[] {"model_objects", "model_strings", "model_threads"}) {
            assertEquals(0, get(counter), counter);
        }
    }

    private static int get(String variable) {
        return model.symbol(variable).reinterpret(4).get(ValueLayout.JAVA_INT, 0);
    }

    private static void set(String variable, int value) {
        model.symbol(variable).reinterpret(4).set(ValueLayout.JAVA_INT, 0, value);
    }

    private static Verdict answer(int number, int looks) {
        set("model_answer", number);
        set("model_looks", looks);
        set("model_cancelled", 0);
        try (WindowsHello hello = new WindowsHello(model, 0x1234567890L)) {
            return hello.ask("Waru");
        }
    }

    @Test
    void onlyOneAnswerIsAYes() {
        assertEquals(Verdict.VERIFIED, answer(0, 0));
        assertEquals(Verdict.VERIFIED, answer(0, 3));
        assertEquals(Verdict.BUSY, answer(4, 0));
        assertEquals(Verdict.REFUSED, answer(5, 1));
        assertEquals(Verdict.CANCELLED, answer(6, 1));
        for (int other : new int[] {1, 2, 3, 7, -1}) {
            assertEquals(Verdict.UNAVAILABLE, answer(other, 0));
        }
        assertEquals(0x1234567890L, model.symbol("model_window").reinterpret(8).get(ValueLayout.JAVA_LONG, 0));
    }

    @Test
    void itIsThereWhenWindowsSaysSo() {
        set("model_looks", 1);
        set("model_cancelled", 0);
        try (WindowsHello hello = new WindowsHello(model, 1)) {
            set("model_available", 0);
            assertTrue(hello.isAvailable());
            set("model_available", 2);
            assertFalse(hello.isAvailable());
        }
    }

    @Test
    void aQuestionThatIsClosedIsCancelledAtWindowsToo() throws Exception {
        set("model_looks", Integer.MAX_VALUE);
        set("model_cancelled", 0);
        WindowsHello hello = new WindowsHello(model, 1);
        CompletableFuture<Verdict> verdict = CompletableFuture.supplyAsync(() -> hello.ask("Waru"));
        while (get("model_objects") < 3) {
            Thread.onSpinWait();
        }
        assertEquals(Verdict.BUSY, hello.ask("Waru"));

        hello.close();

        assertEquals(Verdict.CANCELLED, verdict.get());
        assertEquals(1, get("model_cancelled"));
        assertEquals(Verdict.CANCELLED, hello.ask("Waru"));
    }

    @Test
    void aSystemWithoutItIsNotAsked() {
        try (WindowsHello hello = new WindowsHello(new NativeLibrary("/nonexistent/combase.dll"), 1)) {
            assertFalse(hello.isAvailable());
            assertEquals(Verdict.UNAVAILABLE, hello.ask("Waru"));
        }
    }

    /// Windows Runtime type system, "Guid generation for parameterized types".
    @Test
    void theNameOfTheOperationFollowsFromItsType() throws Exception {
        byte[] type = ("pinterface({9fc2b0bb-e446-44e2-aa61-9cab8f636af2};"
                        + "enum(Windows.Security.Credentials.UI.UserConsentVerificationResult;i4))")
                .getBytes(StandardCharsets.UTF_8);
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(ByteBuffer.allocate(16)
                .putLong(0x11f47ad57b7342c0L)
                .putLong(0xabae878b1e16adeeL)
                .flip());
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(type));
        long first = hash.getLong() & ~0xf000L | 0x5000L;
        long second = hash.getLong() & ~(0xc0L << 56) | 0x80L << 56;

        assertEquals(WindowsHello.OPERATION, new UUID(first, second));
    }
}
