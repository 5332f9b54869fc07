package strongroom.desktop.recovery;

import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import strongroom.desktop.work.Work;
import strongroom.vault.client.RecoveryState;

/// Whether there is a second way into the vault, and the word that there is none until somebody waves it away.
/// As long as one unlock. On the thread of the window.
public final class SecondWayViewModel {
    private final Supplier<RecoveryState> client;
    private final Work work;
    private final ReadOnlyBooleanWrapper missing = new ReadOnlyBooleanWrapper(false);
    private RecoveryState state = new RecoveryState.None();
    private boolean dismissed;

    /// @param client asked on a thread of `work`
    public SecondWayViewModel(Supplier<RecoveryState> client, Work work) {
        this.client = client;
        this.work = work;
        look();
    }

    /// How it stands; none as long as that is not known.
    public RecoveryState state() {
        return state;
    }

    /// Whether to say that there is one way in only.
    public ReadOnlyBooleanProperty missingProperty() {
        return missing.getReadOnlyProperty();
    }

    /// Asks again.
    public void look() {
        work.start(client::get, this::show, _ -> {});
    }

    /// Says no more of it until the next unlock.
    public void dismiss() {
        dismissed = true;
        missing.set(false);
    }

    private void show(RecoveryState now) {
        state = now;
        missing.set(!dismissed && now instanceof RecoveryState.None);
    }
}
