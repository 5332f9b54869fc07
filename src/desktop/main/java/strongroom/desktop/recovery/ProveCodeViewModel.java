package strongroom.desktop.recovery;

import java.util.Arrays;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;
import strongroom.vault.client.RecoveryState;

/// Asks for the recovery code from the paper and shows that it still opens; nothing is changed by it. On the thread of
/// the window.
public final class ProveCodeViewModel {
    /// Tries a code, as the client does; it zeroes the code.
    @FunctionalInterface
    public interface Proving {
        void prove(char[] code) throws ClientException;
    }

    private final Proving client;
    private final Work work;
    private final RecoveryState state;
    private final Runnable proved;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);

    /// @param client asked on a thread of `work` @param state which code counts @param proved told when it opened
    public ProveCodeViewModel(Proving client, Work work, RecoveryState state, Runnable proved) {
        this.client = client;
        this.work = work;
        this.state = state;
        this.proved = proved;
    }

    /// Which code, and why.
    public String explanation() {
        return Text.of("proof.text", state instanceof RecoveryState.Sheet sheet ? sheet.number() : "");
    }

    /// What stands against the last try; empty if nothing does.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// While a code is tried.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Shows a code. @param typed zeroed
    public void prove(char[] typed) {
        if (busy.get()) {
            Arrays.fill(typed, '\0');
            return;
        }
        busy.set(true);
        message.set("");
        work.start(() -> tryCode(typed), this::done, this::failed);
    }

    private void tryCode(char[] typed) throws ClientException {
        try {
            client.prove(typed);
        } finally {
            // The client zeroes it too; this also covers a client that never got to it.
            Arrays.fill(typed, '\0');
        }
    }

    private void done() {
        busy.set(false);
        proved.run();
    }

    private void failed(ClientException problem) {
        busy.set(false);
        // The lock screen says why.
        message.set(problem.problem() == Problem.LOCKED ? "" : problem.getMessage());
    }
}
