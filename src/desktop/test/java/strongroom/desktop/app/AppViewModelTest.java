package strongroom.desktop.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.library.Place;
import strongroom.desktop.work.Work;
import strongroom.protocol.Id;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.Entry;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.WipeNotice;

/// Files that are dropped while the vault is not open: kept, taken in, forgotten.
class AppViewModelTest {
    private final FakeVaultClient client = FakeVaultClient.locked(Clock.systemUTC(), "482913", LockReason.STARTED);
    private final SimpleBooleanProperty inside = new SimpleBooleanProperty(true);
    private final Queue<Runnable> ui = new ConcurrentLinkedQueue<>();
    private final Next next = new Next();
    private final AppViewModel model = new AppViewModel(
            client, new Work(Runnable::run, ui::add, (_, _) -> {}), Clock.systemUTC(), inside, new Place(), next);
    private Path file;

    @BeforeEach
    void start(@TempDir Path disk) throws Exception {
        file = Files.writeString(disk.resolve("Letter.txt"), "text");
        client.autoLock(false);
        model.start();
        settle();
    }

    @Test
    void afterALockTheProcessThatShowedTheVaultShowsNothingMoreAndAnotherGoesOn() throws Exception {
        next.planned = true;
        unlock();

        client.lock(LockReason.IDLE);
        settle();

        assertEquals(List.of(LockReason.IDLE), next.locked);
        assertInstanceOf(Page.Leaving.class, model.pageProperty().get());
        assertTrue(model.coveredProperty().get());

        client.lock(LockReason.ASKED);
        settle();

        assertEquals(List.of(LockReason.IDLE), next.locked);
    }

    @Test
    void aWindowThatNeverShowedTheVaultStaysWhenItIsLockedOnceMore() throws Exception {
        next.planned = true;

        client.lock(LockReason.ASKED);
        settle();

        assertEquals(List.of(), next.locked);
        assertInstanceOf(Page.Locked.class, model.pageProperty().get());
    }

    @Test
    void afterAWipeAnotherProcessTellsOfItOnceItIsOver() throws Exception {
        next.planned = true;
        unlock();

        client.wipe(new WipeNotice(Id.random(new Random(1)), "Grace", "stolen", Instant.EPOCH, false));
        settle();
        assertInstanceOf(Page.Wiped.class, model.pageProperty().get());
        client.wipe(new WipeNotice(Id.random(new Random(1)), "Grace", "stolen", Instant.now(), false));
        settle();

        assertEquals(1, next.locked.size());
        assertInstanceOf(Page.Leaving.class, model.pageProperty().get());
    }

    @Test
    void theSameFileDroppedTwiceIsTakenInOnce() throws Exception {
        model.waiting().add(List.of(file));
        model.waiting().add(List.of(file));
        assertEquals(
                "1 file or folder is taken in once the vault is open again.",
                model.waiting().sentenceProperty().get());

        unlock();

        assertEquals(List.of("Letter.txt"), documents());
        assertEquals("", model.waiting().sentenceProperty().get());
    }

    @Test
    void nothingIsTakenInWhileTheWindowIsCovered() throws Exception {
        unlock();
        inside.set(false);
        assertTrue(model.coveredProperty().get());

        model.waiting().add(List.of(file));
        assertEquals(List.of(), documents());
        inside.set(true);
        settle();

        assertEquals(List.of("Letter.txt"), documents());
    }

    @Test
    void aWipeForgetsWhatWaits() throws Exception {
        model.waiting().add(List.of(file));

        client.wipe(new WipeNotice(Id.random(new Random(1)), "Grace Hopper", "Stolen", Instant.EPOCH, false));
        settle();

        assertInstanceOf(Page.Wiped.class, model.pageProperty().get());
        assertEquals("", model.waiting().sentenceProperty().get());
    }

    @Test
    void closingForgetsWhatWaits() {
        model.waiting().add(List.of(file));

        model.close();

        assertEquals(List.of(), model.waiting().take());
    }

    private void unlock() throws InterruptedException {
        assertInstanceOf(Page.Locked.class, model.pageProperty().get());
        ((Page.Locked) model.pageProperty().get()).model().unlock("482913".toCharArray());
        settle();
        assertInstanceOf(Page.Open.class, model.pageProperty().get());
    }

    /// Until everything that the client said so far has arrived.
    private void settle() throws InterruptedException {
        var told = new CountDownLatch(1);
        try (var _ = client.onState((ClientState _) -> told.countDown())) {
            assertTrue(told.await(60, TimeUnit.SECONDS));
        }
        for (Runnable task = ui.poll(); task != null; task = ui.poll()) {
            task.run();
        }
    }

    private List<String> documents() throws ClientException {
        return client.library().list(client.library().root().id()).stream()
                .map(Entry::name)
                .toList();
    }

    private static final class Next implements AfterLock {
        private final List<LockReason> locked = new ArrayList<>();
        private boolean planned;

        @Override
        public boolean isPlanned() {
            return planned;
        }

        @Override
        public void opened() {}

        @Override
        public void locked(LockReason reason) {
            locked.add(reason);
        }
    }
}
