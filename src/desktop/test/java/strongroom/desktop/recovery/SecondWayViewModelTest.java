package strongroom.desktop.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.SameThread;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.recovery.SecondWayViewModel.Advice;
import strongroom.vault.client.Assurance;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.EnrolmentState;
import strongroom.vault.client.EnrolmentState.Missing;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.RecoveryState;

class SecondWayViewModelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Instant SHOWN = Instant.parse("2026-08-20T08:30:00Z");

    private final SameThread thread = new SameThread();
    private final FakeVaultClient client = FakeVaultClient.locked(CLOCK, "482913", LockReason.STARTED);
    private final SecondWayViewModel model = new SecondWayViewModel(client, thread.work(), CLOCK);

    @BeforeEach
    void open() {
        client.go(new ClientState.Unlocked("Ada Byron", Assurance.HARDWARE, null));
    }

    @AfterEach
    void close() {
        model.close();
        client.close();
    }

    private void heard(EnrolmentState state) throws InterruptedException {
        client.go(state);
        heard();
    }

    /// Until everything that the client had to say so far was said.
    private void heard() throws InterruptedException {
        var said = new CountDownLatch(1);
        client.onEnrolment(_ -> said.countDown()).close();
        said.await();
    }

    private void assertSaid(String title, String part, Advice advice) {
        assertEquals(title, model.titleProperty().get());
        assertTrue(
                model.textProperty().get().contains(part), model.textProperty().get());
        assertEquals(advice, model.adviceProperty().get());
    }

    @Test
    void anEnrolmentIsCalledUnfinishedUntilThereAreTwoWaysIn() throws InterruptedException {
        heard();
        assertSaid("Enrolment is not finished", "one way in only", Advice.MAKE);

        var sheet = new RecoveryState.Sheet("3f2a91c0", NOW);
        client.recovery(sheet);
        heard();

        assertSaid("", "", Advice.NONE);
        assertEquals(sheet, model.state());
    }

    @Test
    void whatIsMissingIsSaidWithWhatCanBeDoneAboutIt() throws InterruptedException {
        for (Missing missing : EnumSet.allOf(Missing.class)) {
            heard(new EnrolmentState.Unfinished(missing));
            switch (missing) {
                case SECOND_WAY -> assertSaid("Enrolment is not finished", "one way in", Advice.MAKE);
                case PROOF_OF_CODE -> assertSaid("Enrolment is not finished", "not shown to open", Advice.PROVE);
                case KEYS_FOR_ADMINISTRATORS -> assertSaid("Enrolment is not finished", "administrators", Advice.NONE);
                case PIN -> assertSaid("Enrolment is not finished", "Your PIN", Advice.NONE);
            }
        }
    }

    @Test
    void afterAQuarterTheCodeIsAskedFor() throws InterruptedException {
        heard(new EnrolmentState.Finished(SHOWN, false));
        assertSaid("", "", Advice.NONE);

        heard(new EnrolmentState.Finished(SHOWN, true));

        assertSaid("Show your recovery code", "last shown on 20 August 2026, 08:30", Advice.PROVE);
        heard(new EnrolmentState.Finished(NOW, false));
        assertSaid("", "", Advice.NONE);
    }

    @Test
    void whoWavesItAwayHearsNoMoreOfItUntilTheNextUnlock() throws InterruptedException {
        heard();
        model.dismiss();
        heard(new EnrolmentState.Unfinished(Missing.PROOF_OF_CODE));

        assertSaid("", "", Advice.NONE);
        var next = new SecondWayViewModel(client, thread.work(), CLOCK);
        heard();
        assertFalse(next.titleProperty().get().isEmpty());
        next.close();
    }

    @Test
    void whileNobodyCanTellNothingIsSaid() throws InterruptedException {
        client.lock(LockReason.ASKED);
        heard();

        assertSaid("", "", Advice.NONE);
    }
}
