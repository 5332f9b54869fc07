package strongroom.desktop.fake;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;

/// Where calls wait for what does not come, until it is opened or they are interrupted.
final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean shut;
    private int waiting;

    void shut(boolean now) {
        lock.lock();
        try {
            shut = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    void pass() throws ClientException {
        lock.lock();
        waiting++;
        try {
            while (shut) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw new ClientException(Problem.CANCELLED, "Stopped.", e);
        } finally {
            waiting--;
            lock.unlock();
        }
    }
}
