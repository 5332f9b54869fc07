package strongroom.desktop.setback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.SameThread;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.vault.client.Assurance;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.FolderState;
import strongroom.vault.client.LockReason;

class SetBackViewModelTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T21:00:00Z"), ZoneOffset.UTC);
    private static final Instant FROM = Instant.parse("2026-11-20T08:30:00Z");

    private final SameThread thread = new SameThread();
    private final FakeVaultClient client = FakeVaultClient.locked(CLOCK, "482913", LockReason.ASKED);
    private final SetBackViewModel model = new SetBackViewModel(client, thread.work(), CLOCK);

    @AfterEach
    void close() {
        model.close();
        client.close();
    }

    /// Until everything that the client had to say so far was said.
    private void heard() throws InterruptedException {
        var said = new CountDownLatch(1);
        client.onFolder(_ -> said.countDown()).close();
        said.await();
    }

    @Test
    void itIsSaidSinceWhen() throws InterruptedException {
        client.go(new FolderState.SetBack(FROM));
        heard();

        assertTrue(model.textProperty().get().contains("(from about 20 November 2026, 08:30)"));
    }

    @Test
    void aFolderThatIsAsItWasLeftOrWasNotCheckedIsWorthNoWord() throws InterruptedException {
        for (FolderState quiet : new FolderState[] {new FolderState.AsLeft(), new FolderState.NotChecked()}) {
            client.go(new FolderState.CounterLost(FROM));
            client.go(quiet);
            heard();

            assertEquals("", model.textProperty().get());
        }
    }

    @Test
    void whatCannotBeNotedStays() throws InterruptedException {
        client.go(new FolderState.SetBack(FROM));
        heard();

        // Locked.
        model.takeNote();
        assertTrue(!model.textProperty().get().isEmpty());

        client.go(new ClientState.Unlocked("Ada Byron", Assurance.HARDWARE, null));
        model.takeNote();
        assertEquals("", model.textProperty().get());
    }
}
