package strongroom.desktop.pin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import strongroom.desktop.SameThread;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.vault.client.LockReason;

class ChangePinViewModelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");

    private final FakeVaultClient client =
            FakeVaultClient.locked(Clock.fixed(NOW, ZoneOffset.UTC), "482913", LockReason.STARTED);
    private final SameThread thread = new SameThread();
    private int changed;
    private final ChangePinViewModel model =
            new ChangePinViewModel(client::changePin, thread.work(), 6, _ -> changed++);

    @Test
    void theRightPinIsReplacedAndEverythingTypedIsZeroed() {
        char[] present = "482913".toCharArray();
        char[] fresh = "715204".toCharArray();
        char[] repeated = "715204".toCharArray();

        model.change(present, fresh, repeated);

        assertEquals(1, changed);
        assertFalse(model.busyProperty().get());
        for (char[] typed : new char[][] {present, fresh, repeated}) {
            assertArrayEquals(new char[6], typed);
        }
    }

    @Test
    void aWrongPresentPinIsSaidWithTheTriesLeft() {
        model.change("000001".toCharArray(), "715204".toCharArray(), "715204".toCharArray());

        assertEquals(
                "The PIN you have now is not right. Nothing was changed. 2 tries are left before a pause.",
                model.messageProperty().get());
        assertEquals(0, changed);
    }

    @Test
    void afterTheLastTryThePauseIsSaid() {
        for (int i = 0; i < 3; i++) {
            model.change("000001".toCharArray(), "715204".toCharArray(), "715204".toCharArray());
        }

        assertEquals(
                "Too many wrong PINs. Try again in 30 s.",
                model.messageProperty().get());
    }

    @Test
    void twoDifferentNewPinsAreNotTried() {
        char[] present = "482913".toCharArray();
        char[] fresh = "715204".toCharArray();

        model.change(present, fresh, "715205".toCharArray());

        assertEquals(
                "The two PINs are not the same. Enter them again.",
                model.messageProperty().get());
        assertArrayEquals(new char[6], present);
        assertArrayEquals(new char[6], fresh);
        assertEquals(0, changed);
    }

    @Test
    void aRefusalIsSaidAsItIs() {
        model.change("482913".toCharArray(), "482913".toCharArray(), "482913".toCharArray());

        assertEquals(
                "The new PIN is the one you have now. Choose another one.",
                model.messageProperty().get());
    }
}
