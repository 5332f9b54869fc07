package strongroom.desktop.pin;

import java.util.Arrays;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;
import strongroom.vault.client.UnlockResult;

/// Asks for the PIN once more where the organisation wants it, and then does what it was asked for. On the thread of
/// the window.
public final class PinAgainViewModel {
    /// Shows a PIN, as the client does; it zeroes the PIN.
    @FunctionalInterface
    public interface Proving {
        UnlockResult prove(char[] pin) throws ClientException;
    }

    private final Proving client;
    private final Work work;
    private final ReadOnlyBooleanWrapper asked = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private @Nullable Runnable then;

    /// @param client asked on a thread of `work`
    public PinAgainViewModel(Proving client, Work work) {
        this.client = client;
        this.work = work;
    }

    /// Asks, if this is what keeps something from being done.
    ///
    /// @param once done when the PIN was right
    /// @return whether it is
    public boolean asks(ClientException problem, Runnable once) {
        if (problem.problem() != Problem.PIN_NEEDED) {
            return false;
        }
        then = once;
        message.set("");
        asked.set(true);
        return true;
    }

    /// Whether the PIN is asked for.
    public ReadOnlyBooleanProperty askedProperty() {
        return asked.getReadOnlyProperty();
    }

    /// What came of the last one; empty if there is nothing to say.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// While it is checked.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Shows it. @param pin zeroed
    public void prove(char[] pin) {
        if (busy.get() || !asked.get() || pin.length == 0) {
            Arrays.fill(pin, '\0');
            return;
        }
        busy.set(true);
        message.set("");
        work.start(() -> tryPin(pin), this::show, this::failed);
    }

    /// What it was for is not done.
    public void drop() {
        then = null;
        asked.set(false);
    }

    private UnlockResult tryPin(char[] pin) throws ClientException {
        try {
            return client.prove(pin);
        } finally {
            // The client zeroes it too; this also covers a client that never got to it.
            Arrays.fill(pin, '\0');
        }
    }

    private void show(UnlockResult result) {
        busy.set(false);
        if (result instanceof UnlockResult.Opened) {
            Runnable once = then;
            drop();
            if (once != null) {
                once.run();
            }
        } else {
            message.set(PinAnswer.sentence(result));
        }
    }

    private void failed(ClientException problem) {
        busy.set(false);
        // The lock screen says why.
        message.set(problem.problem() == Problem.LOCKED ? "" : problem.getMessage());
    }
}
