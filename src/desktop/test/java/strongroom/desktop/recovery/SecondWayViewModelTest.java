package strongroom.desktop.recovery;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import strongroom.desktop.SameThread;
import strongroom.vault.client.RecoveryState;

class SecondWayViewModelTest {
    private final SameThread thread = new SameThread();
    private RecoveryState state = new RecoveryState.None();
    private final SecondWayViewModel model = new SecondWayViewModel(() -> state, thread.work());

    @Test
    void itIsSaidThatThereIsOneWayInUntilThereAreTwo() {
        assertTrue(model.missingProperty().get());

        state = new RecoveryState.Sheet("3f2a91c0", Instant.EPOCH);
        model.look();

        assertFalse(model.missingProperty().get());
    }

    @Test
    void whoWavesItAwayHearsNoMoreOfIt() {
        model.dismiss();
        model.look();

        assertFalse(model.missingProperty().get());
    }

    @Test
    void whereAdministratorsHelpNothingIsMissing() {
        state = new RecoveryState.ByAdministrators();

        assertFalse(new SecondWayViewModel(() -> state, thread.work())
                .missingProperty()
                .get());
    }
}
