package strongroom.desktop.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;

class WorkTest {
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Runnable> ui = new ArrayList<>();
    private final Work work = new Work(background, this::onUi, (_, _) -> {});

    @AfterEach
    void end() {
        background.shutdownNow();
    }

    @Test
    void whatArrivesAfterClosingIsDroppedAndClosed() throws Exception {
        var closed = new AtomicBoolean();
        var received = new AtomicBoolean();
        var delivered = new CountDownLatch(1);
        AutoCloseable result = () -> {
            closed.set(true);
            delivered.countDown();
        };
        work.start(() -> result, _ -> received.set(true), _ -> received.set(true));
        awaitUi(1);

        work.close();
        runUi();

        assertTrue(delivered.await(5, TimeUnit.SECONDS));
        assertTrue(closed.get());
        assertEquals(false, received.get());
    }

    @Test
    void stoppingInterruptsAndStillReports() throws Exception {
        var began = new CountDownLatch(1);
        List<Problem> problems = new ArrayList<>();
        Running running = work.start(
                () -> {
                    began.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new ClientException(Problem.CANCELLED, "stopped", e);
                    }
                },
                () -> {},
                problem -> problems.add(problem.problem()));
        assertTrue(began.await(5, TimeUnit.SECONDS));

        running.stop();
        awaitUi(1);
        runUi();

        assertEquals(List.of(Problem.CANCELLED), problems);
    }

    @Test
    void aBugIsToldInASentenceWithoutItsInsides() throws Exception {
        List<String> told = new ArrayList<>();
        work.start(
                () -> {
                    throw new IllegalStateException("secret detail");
                },
                () -> {},
                problem -> told.add(problem.getMessage()));
        awaitUi(1);
        runUi();

        assertEquals(1, told.size());
        assertTrue(!told.getFirst().contains("secret"));
    }

    private synchronized void onUi(Runnable task) {
        ui.add(task);
        notifyAll();
    }

    private synchronized void awaitUi(int count) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (ui.size() < count && System.nanoTime() < until) {
            wait(100);
        }
        assertTrue(ui.size() >= count);
    }

    private synchronized void runUi() {
        ui.forEach(Runnable::run);
        ui.clear();
    }
}
