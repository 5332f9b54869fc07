package strongroom.desktop.unlock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import strongroom.desktop.SameThread;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.pin.RenewPinViewModel;
import strongroom.desktop.recovery.RecoverViewModel;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.Library;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.RecoveryState;

class UnlockViewModelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");

    private final SameThread thread = new SameThread();
    private final FakeVaultClient client =
            FakeVaultClient.locked(Clock.fixed(NOW, ZoneOffset.UTC), "482913", LockReason.STARTED);
    private final List<Library> opened = new ArrayList<>();
    private final RecoverViewModel recovery =
            new RecoverViewModel(client::recovery, client::recover, thread.work(), opened::add);
    private final RenewPinViewModel renewal =
            new RenewPinViewModel(client::pinRules, client::renewPin, thread.work(), opened::add);
    private final UnlockViewModel model =
            new UnlockViewModel(client::unlock, recovery, renewal, thread.work(), opened::add);

    @Test
    void theRightPinOpensAndIsZeroed() {
        char[] pin = "482913".toCharArray();

        model.unlock(pin);

        assertEquals(1, opened.size());
        assertArrayEquals(new char[6], pin);
        assertFalse(model.busyProperty().get());
    }

    @Test
    void aWrongPinIsSaidWithTheTriesLeftAndIsZeroed() {
        char[] pin = "000001".toCharArray();

        model.unlock(pin);

        assertEquals(
                "That PIN is not right. 2 tries are left before a pause.",
                model.messageProperty().get());
        assertArrayEquals(new char[6], pin);
        assertTrue(opened.isEmpty());
    }

    @Test
    void triesAreSpokenOfWhenFewAreLeftAndNotBefore() {
        model.show(new ClientState.Locked(LockReason.STARTED, NOW, "", 3));
        assertEquals("", model.messageProperty().get());

        model.show(new ClientState.Locked(LockReason.STARTED, NOW, "", 2));
        assertEquals("2 tries are left before a pause.", model.messageProperty().get());
    }

    @Test
    void aPauseCountsDownAndEnds() {
        for (int i = 0; i < 3; i++) {
            model.unlock("000001".toCharArray());
        }
        assertTrue(model.pausedProperty().get());
        assertEquals(
                "Too many wrong PINs. Try again in 30 s.",
                model.messageProperty().get());

        thread.tick();
        assertEquals(
                "Too many wrong PINs. Try again in 29 s.",
                model.messageProperty().get());

        for (int i = 0; i < 29; i++) {
            thread.tick();
        }
        assertFalse(model.pausedProperty().get());
        assertEquals("", model.messageProperty().get());
    }

    @Test
    void noPinIsTriedDuringAPause() {
        for (int i = 0; i < 3; i++) {
            model.unlock("000001".toCharArray());
        }
        char[] pin = "482913".toCharArray();

        model.unlock(pin);

        assertTrue(opened.isEmpty());
        assertArrayEquals(new char[6], pin);
    }

    @Test
    void whereTheMachineForgotTheSealTheRecoveryCodeIsAskedForAndTheReasonSaid() {
        client.recovery(new RecoveryState.Sheet("3f2a91c0", NOW));
        client.loseSeal();

        model.unlock("482913".toCharArray());

        assertTrue(recovery.openProperty().get());
        assertEquals(FakeVaultClient.SEAL_LOST, recovery.reasonProperty().get());
        assertEquals(FakeVaultClient.SEAL_LOST, model.messageProperty().get());
    }

    @Test
    void whereThereIsNoRecoveryCodeNoneIsAskedFor() {
        client.loseSeal();

        model.unlock("482913".toCharArray());

        assertFalse(recovery.openProperty().get());
        assertEquals(FakeVaultClient.SEAL_LOST, model.messageProperty().get());
    }

    @ParameterizedTest
    @EnumSource(LockReason.class)
    void everyReasonOfALockIsSaid(LockReason reason) {
        model.show(new ClientState.Locked(reason, NOW, "Ada", -1));

        assertFalse(model.reasonProperty().get().isBlank());
        assertEquals("Welcome back, Ada", model.greetingProperty().get());
    }

    @Test
    void aNameCannotTurnTheTextAround() {
        model.show(new ClientState.Locked(LockReason.IDLE, NOW, "A\u202Eda\n", -1));

        assertEquals("Welcome back, A\uFFFDda\uFFFD", model.greetingProperty().get());
    }
}
