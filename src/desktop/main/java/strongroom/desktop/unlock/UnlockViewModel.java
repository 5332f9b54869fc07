package strongroom.desktop.unlock;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import strongroom.desktop.pin.PinAnswer;
import strongroom.desktop.pin.RenewPinViewModel;
import strongroom.desktop.recovery.RecoverViewModel;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;
import strongroom.vault.client.UnlockResult;

/// What the lock screen says and does. On the thread of the window.
public final class UnlockViewModel {
    private static final int FEW = 2;
    private static final Duration TICK = Duration.ofSeconds(1);

    /// Tries a PIN, as the client does; it zeroes the PIN.
    @FunctionalInterface
    public interface Unlocking {
        UnlockResult unlock(char[] pin) throws ClientException;
    }

    private final Unlocking client;
    private final RecoverViewModel recovery;
    private final RenewPinViewModel renewal;
    private final Work work;
    private final Consumer<Library> opened;
    private final ReadOnlyStringWrapper greeting = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper paused = new ReadOnlyBooleanWrapper(false);

    /// @param client asked on a thread of `work` @param recovery asked where the machine does not open any more
    /// @param renewal asked where the PIN is right and not wanted any more
    /// @param opened gets the documents once a PIN was right
    public UnlockViewModel(
            Unlocking client,
            RecoverViewModel recovery,
            RenewPinViewModel renewal,
            Work work,
            Consumer<Library> opened) {
        this.client = client;
        this.recovery = recovery;
        this.renewal = renewal;
        this.work = work;
        this.opened = opened;
    }

    /// Takes over what the client says of the lock.
    public void show(ClientState.Locked locked) {
        String person = Shown.name(locked.person());
        greeting.set(person.isEmpty() ? Text.of("unlock.greeting.nobody") : Text.of("unlock.greeting", person));
        reason.set(Text.of("unlock.reason." + locked.reason().name().toLowerCase(Locale.ROOT)));
        if (message.get().isEmpty() && locked.triesLeft() >= 0 && locked.triesLeft() <= FEW) {
            message.set(PinAnswer.triesLeft(locked.triesLeft(), locked.thenDestroyed()));
        }
    }

    /// Tries a PIN. @param pin zeroed
    public void unlock(char[] pin) {
        if (pin.length == 0 || busy.get() || paused.get()) {
            Arrays.fill(pin, '\0');
            return;
        }
        busy.set(true);
        message.set("");
        work.start(() -> tryPin(pin), this::show, this::failed);
    }

    /// The other way in.
    public RecoverViewModel recovery() {
        return recovery;
    }

    /// Another PIN, where the organisation wants one.
    public RenewPinViewModel renewal() {
        return renewal;
    }

    /// A greeting with the person's name.
    public ReadOnlyStringProperty greetingProperty() {
        return greeting.getReadOnlyProperty();
    }

    /// Why it is locked.
    public ReadOnlyStringProperty reasonProperty() {
        return reason.getReadOnlyProperty();
    }

    /// What came of the last PIN; empty if there is nothing to say.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// While a PIN is checked.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// While no PIN is taken.
    public ReadOnlyBooleanProperty pausedProperty() {
        return paused.getReadOnlyProperty();
    }

    private UnlockResult tryPin(char[] pin) throws ClientException {
        try {
            return client.unlock(pin);
        } finally {
            // The client zeroes it too; this also covers a client that never got to it.
            Arrays.fill(pin, '\0');
        }
    }

    private void show(UnlockResult result) {
        busy.set(false);
        switch (result) {
            case UnlockResult.Opened(Library library) -> opened.accept(library);
            case UnlockResult.WrongPin wrong -> message.set(PinAnswer.sentence(wrong));
            case UnlockResult.NewPinNeeded(var why) -> renewal.ask(why);
            case UnlockResult.Paused(Duration pause) -> pause(pause);
            case UnlockResult.Refused(Problem problem, String sentence) -> refused(problem, sentence);
        }
    }

    private void pause(Duration left) {
        if (left.isZero() || left.isNegative()) {
            boolean over = paused.get();
            paused.set(false);
            message.set(over ? "" : Text.of("unlock.paused.unknown"));
            return;
        }
        paused.set(true);
        message.set(Text.of("unlock.paused", Shown.duration(left)));
        work.after(TICK, () -> pause(left.minus(TICK)));
    }

    private void failed(ClientException problem) {
        busy.set(false);
        // Who went away while the PIN was checked finds the vault locked again; the reason says so already.
        refused(problem.problem(), problem.problem() == Problem.LOCKED ? "" : problem.getMessage());
    }

    private void refused(Problem problem, String sentence) {
        message.set(sentence);
        if (problem == Problem.SEAL_LOST) {
            recovery.open(sentence);
        }
    }
}
