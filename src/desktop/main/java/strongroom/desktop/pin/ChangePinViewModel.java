package strongroom.desktop.pin;

import java.util.Arrays;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;
import strongroom.vault.client.UnlockResult;

/// Puts another PIN in the place of the present one. On the thread of the window.
public final class ChangePinViewModel {
    /// Puts one PIN in the place of another, as the client does; it zeroes both.
    @FunctionalInterface
    public interface Changing {
        UnlockResult change(char[] present, char[] fresh) throws ClientException;
    }

    private final Changing client;
    private final Work work;
    private final int shortest;
    private final Consumer<Library> changed;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);

    /// @param client asked on a thread of `work` @param shortest fewest characters of the new one
    /// @param changed gets the documents when it is done
    public ChangePinViewModel(Changing client, Work work, int shortest, Consumer<Library> changed) {
        this.client = client;
        this.work = work;
        this.shortest = shortest;
        this.changed = changed;
    }

    /// Fewest characters of the new one.
    public int shortest() {
        return shortest;
    }

    /// What stands against the last try; empty if nothing does.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// While it is being changed.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Changes it.
    ///
    /// @param present zeroed @param fresh zeroed @param repeated zeroed
    public void change(char[] present, char[] fresh, char[] repeated) {
        boolean same = Arrays.equals(fresh, repeated);
        Arrays.fill(repeated, '\0');
        if (busy.get() || present.length == 0 || !same) {
            Arrays.fill(present, '\0');
            Arrays.fill(fresh, '\0');
            if (!busy.get()) {
                message.set(Text.of(same ? "pin.presentMissing" : "enrol.pinDiffers"));
            }
            return;
        }
        busy.set(true);
        message.set("");
        work.start(() -> tryChange(present, fresh), this::show, this::failed);
    }

    private UnlockResult tryChange(char[] present, char[] fresh) throws ClientException {
        try {
            return client.change(present, fresh);
        } finally {
            // The client zeroes them too; this also covers a client that never got to it.
            Arrays.fill(present, '\0');
            Arrays.fill(fresh, '\0');
        }
    }

    private void show(UnlockResult result) {
        busy.set(false);
        if (result instanceof UnlockResult.Opened(Library library)) {
            changed.accept(library);
        } else {
            message.set(PinAnswer.sentence(result, Text.of("pin.wrong")));
        }
    }

    private void failed(ClientException problem) {
        busy.set(false);
        // The lock screen says why.
        message.set(problem.problem() == Problem.LOCKED ? "" : problem.getMessage());
    }
}
