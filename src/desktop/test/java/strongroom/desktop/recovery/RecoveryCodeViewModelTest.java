package strongroom.desktop.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import strongroom.desktop.SameThread;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.recovery.RecoveryCodeViewModel.Step;
import strongroom.desktop.work.Work;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.RecoveryState;

class RecoveryCodeViewModelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final FakeVaultClient client = FakeVaultClient.locked(CLOCK, "482913", LockReason.STARTED);
    private final SameThread thread = new SameThread();
    private int counts;
    private final RecoveryCodeViewModel model = with(new RecoveryState.None());

    @Test
    void howItStandsIsSaid() {
        assertEquals(
                "Sheet 3f2a91c0 of 22 November 2026, 22:00 opens the vault when this laptop does not any more.",
                with(new RecoveryState.Sheet("3f2a91c0", NOW)).standing());
        assertEquals(
                "There is no recovery code.",
                with(new RecoveryState.None()).standing().substring(0, 26));
        RecoveryCodeViewModel elsewhere = with(new RecoveryState.ByAdministrators());
        assertEquals(
                "No recovery code can open this laptop", elsewhere.standing().substring(0, 37));
        assertEquals(Step.ELSEWHERE, elsewhere.stepProperty().get());
    }

    @Test
    void whereNoCodeMayOpenNoPinIsTried() {
        RecoveryCodeViewModel elsewhere = with(new RecoveryState.ByAdministrators());
        char[] pin = "482913".toCharArray();

        elsewhere.make(pin);

        assertArrayEquals(new char[6], pin);
        assertEquals(0, client.openSheets());
    }

    @Test
    void theRightPinShowsACodeThatDoesNotCountYet() {
        char[] pin = "482913".toCharArray();

        model.make(pin);

        assertEquals(Step.CODE, model.stepProperty().get());
        assertEquals(FakeVaultClient.RECOVERY_CODE, new String(model.code()));
        assertEquals("Write this beside them: sheet 3f2a91c0 of 22 November 2026, 22:00", model.label());
        assertArrayEquals(new char[6], pin);
        assertInstanceOf(RecoveryState.None.class, client.recovery());
        assertEquals(0, counts);
    }

    @Test
    void aWrongPinIsSaidWithTheTriesLeft() {
        model.make("000001".toCharArray());

        assertEquals(
                "That PIN is not right. 2 tries are left before a pause.",
                model.messageProperty().get());
        assertEquals(Step.PIN, model.stepProperty().get());
        assertFalse(model.busyProperty().get());
    }

    @Test
    void theCodeCountsOnceItWasTypedBackAndWhatWasTypedIsZeroed() {
        char[] typed = FakeVaultClient.RECOVERY_CODE.toCharArray();
        model.make("482913".toCharArray());
        model.written();

        model.prove(typed);

        assertEquals(1, counts);
        assertArrayEquals(new char[41], typed);
        assertEquals(new RecoveryState.Sheet("3f2a91c0", NOW), client.recovery());
    }

    @Test
    void aMistypedGroupIsNamedAndTheCodeCanBeSeenAgain() {
        char[] typed = FakeVaultClient.RECOVERY_CODE.replace('3', '4').toCharArray();
        model.make("482913".toCharArray());
        model.written();

        model.prove(typed);

        assertEquals(
                "Group 3 of the recovery code is mistyped.",
                model.messageProperty().get());
        assertArrayEquals(new char[41], typed);
        assertEquals(0, counts);
        model.again();
        assertEquals(Step.CODE, model.stepProperty().get());
        assertEquals("", model.messageProperty().get());
    }

    @Test
    void whoClosesItEndsTheNewCodeAndTheOneBeforeGoesOnCounting() {
        RecoveryState before = new RecoveryState.Sheet("0a1b2c3d", NOW);
        client.recovery(before);
        model.make("482913".toCharArray());
        model.written();

        model.close();

        assertEquals(0, client.openSheets());
        assertEquals(0, model.code().length);
        model.prove(FakeVaultClient.RECOVERY_CODE.toCharArray());
        assertEquals(before, client.recovery());
    }

    @Test
    void aCodeThatComesAfterItWasClosedIsClosed() {
        Queue<Runnable> later = new ArrayDeque<>();
        var late = new RecoveryCodeViewModel(
                client,
                new Work(later::add, Runnable::run, (_, _) -> {}),
                new RecoveryState.None(),
                CLOCK,
                () -> counts++);
        late.make("482913".toCharArray());
        late.close();

        later.remove().run();

        assertEquals(0, client.openSheets());
        assertEquals(Step.PIN, late.stepProperty().get());
    }

    private RecoveryCodeViewModel with(RecoveryState state) {
        return new RecoveryCodeViewModel(client, thread.work(), state, CLOCK, () -> counts++);
    }
}
