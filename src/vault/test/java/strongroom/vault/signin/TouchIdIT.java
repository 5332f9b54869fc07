package strongroom.vault.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.platform.Headers;
import strongroom.vault.platform.NativeLibrary;
import strongroom.vault.signin.PlatformSignIn.Verdict;

/// Touch ID over a model of macOS, compiled for this machine: messages, a block, a reply on a thread of the
/// system.
@Timeout(60)
class TouchIdIT {
    @TempDir
    private static Path folder = Path.of("");

    private static NativeLibrary model = new NativeLibrary("");

    @BeforeAll
    static void compile() throws Exception {
        model = new NativeLibrary(
                Headers.ofLinux().compile(TouchIdIT.class, "objc.c", folder).toString());
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(0, get("model_objects"));
    }

    private static TouchId touchId() {
        return new TouchId(model, new ObjectiveC(model, model));
    }

    private static int get(String variable) {
        return model.symbol(variable).reinterpret(4).get(ValueLayout.JAVA_INT, 0);
    }

    private static void set(String variable, int value) {
        model.symbol(variable).reinterpret(4).set(ValueLayout.JAVA_INT, 0, value);
    }

    private static Verdict answer(long code) {
        set("model_waits", 0);
        model.symbol("model_code").reinterpret(8).set(ValueLayout.JAVA_LONG, 0, code);
        try (TouchId touchId = touchId()) {
            return touchId.ask("Warum");
        }
    }

    @Test
    void onlySuccessIsAYes() {
        assertEquals(Verdict.VERIFIED, answer(0));
        for (int refused : new int[] {-1, -8}) {
            assertEquals(Verdict.REFUSED, answer(refused));
        }
        for (int cancelled : new int[] {-2, -3, -4, -9, -10}) {
            assertEquals(Verdict.CANCELLED, answer(cancelled));
        }
        for (int unavailable : new int[] {-5, -6, -7, -1004, 1}) {
            assertEquals(Verdict.UNAVAILABLE, answer(unavailable));
        }
    }

    @Test
    void itIsThereWhenMacOsSaysSo() {
        try (TouchId touchId = touchId()) {
            set("model_possible", 1);
            assertTrue(touchId.isAvailable());
            set("model_possible", 0);
            assertFalse(touchId.isAvailable());
        }
    }

    @Test
    void aQuestionThatIsClosedGoesAway() throws Exception {
        set("model_waits", 1);
        int before = get("model_asked");
        TouchId touchId = touchId();
        CompletableFuture<Verdict> verdict = CompletableFuture.supplyAsync(() -> touchId.ask("Warum"));
        while (get("model_asked") == before) {
            Thread.onSpinWait();
        }
        assertEquals(Verdict.BUSY, touchId.ask("Warum"));

        touchId.close();

        assertEquals(Verdict.CANCELLED, verdict.get());
        assertEquals(Verdict.CANCELLED, touchId.ask("Warum"));
    }

    @Test
    void aSystemWithoutItIsNotAsked() {
        NativeLibrary nothing = new NativeLibrary("/nonexistent/LocalAuthentication");
        try (TouchId touchId = new TouchId(nothing, new ObjectiveC(nothing, nothing))) {
            assertFalse(touchId.isAvailable());
            assertEquals(Verdict.UNAVAILABLE, touchId.ask("Warum"));
        }
    }
}
