package strongroom.vault.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.platform.Headers;
import strongroom.vault.platform.NativeLibrary;
import strongroom.vault.signin.PlatformSignIn.Verdict;

/// The password of Windows over a model of credui.dll and the security authority, compiled for this machine by
/// the headers of Windows.
@Timeout(60)
class WindowsPasswordIT {
    private static final int ACCOUNT_RESTRICTION = 0xc000006e;
    private static final int NO_LOGON_SERVERS = 0xc000005e;

    @TempDir
    private static Path folder = Path.of("");

    private static NativeLibrary model = new NativeLibrary("");

    private final WindowsPassword password = new WindowsPassword(all(model), 0x1234567890L);

    @BeforeAll
    static void compile() throws Exception {
        model = new NativeLibrary(Headers.ofWindows("windows.h")
                .compile(WindowsPasswordIT.class, "credui.c", folder)
                .toString());
    }

    @BeforeEach
    void begin() {
        for (String variable : new String[] {"error", "status", "person", "waits", "shown", "logons"}) {
            set("model_" + variable, 0);
        }
    }

    @AfterEach
    void nothingIsLeftAndNothingCouldBeReadAfterwards() {
        password.close();
        for (String counter : new String[] {"buffers", "readable", "profiles", "handles"}) {
            assertEquals(0, get("model_" + counter), counter);
        }
    }

    private static WindowsLogon.Libraries all(NativeLibrary library) {
        return new WindowsLogon.Libraries(library, library, library, library, library);
    }

    private static int get(String variable) {
        return (int) ValueLayout.JAVA_INT
                .varHandle()
                .getVolatile(model.symbol(variable).reinterpret(4), 0L);
    }

    private static void set(String variable, int value) {
        ValueLayout.JAVA_INT.varHandle().setVolatile(model.symbol(variable).reinterpret(4), 0L, value);
    }

    @Test
    void whoRunsThisProgramIsRecognised() {
        assertTrue(password.isAvailable());

        assertEquals(Verdict.VERIFIED, password.ask("Waru"));

        assertEquals(0x1234567890L, model.symbol("model_window").reinterpret(8).get(ValueLayout.JAVA_LONG, 0));
        assertEquals(Verdict.VERIFIED, password.ask("Waru"));
    }

    @Test
    void theRightPasswordOfSomebodyElseIsRefused() {
        set("model_person", 1);

        assertEquals(Verdict.REFUSED, password.ask("Waru"));
    }

    @Test
    void aWrongPasswordIsRefusedAndWhatWindowsCannotTellIsNoAnswer() {
        set("model_status", WindowsPassword.LOGON_FAILURE);
        assertEquals(Verdict.REFUSED, password.ask("Waru"));
        set("model_status", WindowsPassword.ACCOUNT_LOCKED_OUT);
        assertEquals(Verdict.REFUSED, password.ask("Waru"));
        for (int other : new int[] {ACCOUNT_RESTRICTION, NO_LOGON_SERVERS}) {
            set("model_status", other);
            assertEquals(Verdict.UNAVAILABLE, password.ask("Waru"));
        }
    }

    @Test
    void aPersonWhoDoesNotWantToIsNotSignedIn() {
        set("model_error", WindowsPassword.CANCELLED);
        assertEquals(Verdict.CANCELLED, password.ask("Waru"));
        set("model_error", 31);
        assertEquals(Verdict.UNAVAILABLE, password.ask("Waru"));

        assertEquals(0, get("model_logons"));
    }

    @Test
    void aQuestionThatIsClosedIsCancelledAndWhatIsTypedThenIsThrownAway() throws Exception {
        set("model_waits", 1);
        CompletableFuture<Verdict> verdict = CompletableFuture.supplyAsync(() -> password.ask("Waru"));
        while (get("model_shown") == 0) {
            Thread.onSpinWait();
        }
        assertEquals(Verdict.BUSY, password.ask("Waru"));

        password.close();

        assertEquals(Verdict.CANCELLED, verdict.get());
        assertEquals(Verdict.CANCELLED, password.ask("Waru"));
        Thread window = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("windows-password"))
                .findFirst()
                .orElseThrow();
        set("model_waits", 0);
        window.join();
        assertEquals(0, get("model_logons"));
    }

    @Test
    void aSystemWithoutItIsNotAsked() {
        try (WindowsPassword elsewhere = new WindowsPassword(all(new NativeLibrary("/nonexistent/credui.dll")), 1)) {
            assertFalse(elsewhere.isAvailable());
            assertEquals(Verdict.UNAVAILABLE, elsewhere.ask("Waru"));
        }
    }
}
