package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The TPM and whose turn it is: one operation is one connection, and the threads that want one stand in line. Says
/// for the user what went wrong when an operation failed. Safe for several threads.
final class TpmTurn {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final TpmConnector connector;
    private final Duration patience;

    /// @param patience how long to wait for a turn and an answer
    TpmTurn(TpmAddress address, Duration patience) {
        this.connector = new TpmConnector(address, patience);
        this.patience = patience;
    }

    /// What is done in one turn.
    @FunctionalInterface
    interface Step<T> {
        T take(Tpm tpm) throws IOException, TpmRefusal, InterposedException, SealException;
    }

    <T> T take(Step<T> step) throws SealException {
        await();
        try (Tpm tpm = connector.open()) {
            return step.take(tpm);
        } catch (TpmRefusal e) {
            throw TpmConnector.translate(e);
        } catch (InterposedException e) {
            throw new SealException(
                    Why.INTERPOSED, "Something between this program and the TPM changes what they say.", e);
        } catch (IOException e) {
            throw TpmConnector.translate(e);
        } finally {
            turn.unlock();
        }
    }

    private void await() throws SealException {
        try {
            if (!turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SealException(Why.ABSENT, "The TPM is busy.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SealException(Why.FAILED, "Stopped while waiting for the TPM.", e);
        }
    }
}
