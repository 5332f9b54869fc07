package strongroom.desktop.pin;

import java.time.Duration;
import java.util.Arrays;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.Assurance;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.PinRules;
import strongroom.vault.client.Problem;
import strongroom.vault.client.UnlockResult;
import strongroom.vault.client.VaultClient;

/// Puts another PIN in the place of the present one. On the thread of the window.
public final class ChangePinViewModel {
    private final VaultClient client;
    private final Work work;
    private final int shortest;
    private final Runnable changed;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);

    /// @param assurance what protects the vault: where nothing counts, a PIN must be longer
    /// @param changed told when it is done
    public ChangePinViewModel(VaultClient client, Work work, Assurance assurance, Runnable changed) {
        this.client = client;
        this.work = work;
        this.shortest = PinRules.shortest(assurance);
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
            return client.changePin(present, fresh);
        } finally {
            // The client zeroes them too; this also covers a client that never got to it.
            Arrays.fill(present, '\0');
            Arrays.fill(fresh, '\0');
        }
    }

    private void show(UnlockResult result) {
        busy.set(false);
        switch (result) {
            case UnlockResult.Opened _ -> changed.run();
            case UnlockResult.WrongPin(int left) ->
                message.set(left < 0 ? Text.of("pin.wrong") : Text.of("pin.wrong.tries", left));
            case UnlockResult.Paused(Duration pause) ->
                message.set(
                        pause.isZero()
                                ? Text.of("unlock.paused.unknown")
                                : Text.of("unlock.paused", Shown.duration(pause)));
            case UnlockResult.Refused refused -> message.set(refused.sentence());
        }
    }

    private void failed(ClientException problem) {
        busy.set(false);
        // The lock screen says why.
        message.set(problem.problem() == Problem.LOCKED ? "" : problem.getMessage());
    }
}
