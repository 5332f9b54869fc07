package strongroom.desktop.recovery;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Library;
import strongroom.vault.client.PinRules;
import strongroom.vault.client.Problem;
import strongroom.vault.client.RecoveryCodes;
import strongroom.vault.client.RecoveryState;
import strongroom.vault.client.UnlockResult;

/// Opens with the recovery code where the PIN does not any more. On the thread of the window.
public final class RecoverViewModel {
    /// Tries a code, as the client does; it zeroes the code and the PIN.
    @FunctionalInterface
    public interface Recovering {
        UnlockResult recover(char[] code, char[] pin) throws ClientException;
    }

    private final Supplier<RecoveryState> state;
    private final Recovering client;
    private final Work work;
    private final Consumer<Library> opened;
    private final ReadOnlyBooleanWrapper offered = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper explanation = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper mistyped = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);

    /// @param state asked on a thread of `work` @param client the same @param opened gets the documents
    public RecoverViewModel(Supplier<RecoveryState> state, Recovering client, Work work, Consumer<Library> opened) {
        this.state = state;
        this.client = client;
        this.work = work;
        this.opened = opened;
        work.start(state::get, this::offer, _ -> {});
    }

    /// Fewest characters of the new PIN. What the machine can seal with is not known before it does, so this is what
    /// is asked for where nothing counts the tries.
    public int shortest() {
        return PinRules.SHORTEST_ALONE;
    }

    /// Whether there is a code that opens.
    public ReadOnlyBooleanProperty offeredProperty() {
        return offered.getReadOnlyProperty();
    }

    /// Whether the code is asked for, in the place of the PIN.
    public ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    /// Why the PIN does not open any more; empty if that was not said.
    public ReadOnlyStringProperty reasonProperty() {
        return reason.getReadOnlyProperty();
    }

    /// Which code, and what comes of it.
    public ReadOnlyStringProperty explanationProperty() {
        return explanation.getReadOnlyProperty();
    }

    /// What stands against the last try; empty if nothing does.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// Whether it is the code that stands against it.
    public ReadOnlyBooleanProperty mistypedProperty() {
        return mistyped.getReadOnlyProperty();
    }

    /// While a code is tried.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Asks for the code.
    public void open() {
        open.set(offered.get());
    }

    /// Asks for the code, if there is one, because the PIN does not open any more. @param why a sentence
    public void open(String why) {
        reason.set(why);
        work.start(
                state::get,
                now -> {
                    offer(now);
                    open();
                },
                _ -> {});
    }

    /// Back to the PIN.
    public void back() {
        if (!busy.get()) {
            say("", false);
            open.set(false);
        }
    }

    /// Looks for slips of the hand, before a new PIN is thought of. @param code zeroed
    public void look(char[] code) {
        try {
            RecoveryCodes.check(code);
            say("", false);
        } catch (ClientException e) {
            say(e.getMessage(), true);
        } finally {
            Arrays.fill(code, '\0');
        }
    }

    /// Opens with it, and seals for a new PIN.
    ///
    /// @param code zeroed @param pin zeroed @param repeated zeroed
    public void recover(char[] code, char[] pin, char[] repeated) {
        boolean same = Arrays.equals(pin, repeated);
        Arrays.fill(repeated, '\0');
        if (busy.get() || !same) {
            Arrays.fill(code, '\0');
            Arrays.fill(pin, '\0');
            if (!busy.get()) {
                say(Text.of("enrol.pinDiffers"), false);
            }
            return;
        }
        busy.set(true);
        say("", false);
        work.start(() -> tryCode(code, pin), this::show, this::failed);
    }

    private UnlockResult tryCode(char[] code, char[] pin) throws ClientException {
        try {
            return client.recover(code, pin);
        } finally {
            // The client zeroes them too; this also covers a client that never got to it.
            Arrays.fill(code, '\0');
            Arrays.fill(pin, '\0');
        }
    }

    private void offer(RecoveryState now) {
        offered.set(now instanceof RecoveryState.Sheet);
        explanation.set(
                now instanceof RecoveryState.Sheet(String number, var _) ? Text.of("recover.text", number) : "");
    }

    private void show(UnlockResult result) {
        busy.set(false);
        switch (result) {
            case UnlockResult.Opened(Library library) -> opened.accept(library);
            case UnlockResult.Refused(Problem problem, String sentence) -> say(sentence, problem == Problem.CODE_WRONG);
            case UnlockResult.WrongPin _, UnlockResult.Paused _, UnlockResult.NewPinNeeded _ ->
                throw new IllegalStateException("no present PIN is asked for");
        }
    }

    private void failed(ClientException problem) {
        busy.set(false);
        say(problem.problem() == Problem.LOCKED ? "" : problem.getMessage(), problem.problem() == Problem.CODE_WRONG);
    }

    private void say(String sentence, boolean ofTheCode) {
        message.set(sentence);
        mistyped.set(ofTheCode);
    }
}
