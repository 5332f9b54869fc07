package strongroom.desktop.pin;

import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.work.Work;
import strongroom.vault.client.Library;
import strongroom.vault.client.PinRules;
import strongroom.vault.client.UnlockResult;

/// Another PIN in the place of one that is right and that the organisation does not want any more, on the lock screen:
/// nothing is open before. On the thread of the window.
public final class RenewPinViewModel {
    /// What is asked for.
    ///
    /// @param why a sentence @param change takes both PINs
    public record Asked(String why, ChangePinViewModel change) {}

    private final Supplier<PinRules> rules;
    private final ChangePinViewModel.Changing client;
    private final Work work;
    private final Consumer<Library> opened;
    private final ReadOnlyObjectWrapper<@Nullable Asked> asked = new ReadOnlyObjectWrapper<>();

    /// @param rules asked on a thread of `work` @param client the same @param opened gets the documents
    public RenewPinViewModel(
            Supplier<PinRules> rules, ChangePinViewModel.Changing client, Work work, Consumer<Library> opened) {
        this.rules = rules;
        this.client = client;
        this.work = work;
        this.opened = opened;
    }

    /// What is asked for; null while the lock screen asks for the PIN.
    public ReadOnlyObjectProperty<@Nullable Asked> askedProperty() {
        return asked.getReadOnlyProperty();
    }

    /// Asks for both PINs.
    public void ask(UnlockResult.NewPinNeeded.Why why) {
        work.start(
                rules::get,
                now -> asked.set(
                        new Asked(why.sentence(), new ChangePinViewModel(client, work, now.shortest(), opened))),
                _ -> {});
    }

    /// Back to the PIN alone.
    public void back() {
        asked.set(null);
    }
}
