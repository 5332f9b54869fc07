package strongroom.desktop.recovery;

import java.time.Clock;
import java.util.Arrays;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.pin.PinAnswer;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;
import strongroom.vault.client.RecoverySheet;
import strongroom.vault.client.RecoveryState;
import strongroom.vault.client.SheetResult;
import strongroom.vault.client.UnlockResult;
import strongroom.vault.client.VaultClient;

/// Makes a recovery code: asks for the PIN, shows the code, has it typed back. Until then the code before counts,
/// and closing this at any point leaves it so. On the thread of the window.
public final class RecoveryCodeViewModel implements AutoCloseable {
    /// Where it is.
    public enum Step {
        /// No code may open this device.
        ELSEWHERE,
        /// Says how it stands, and asks for the PIN.
        PIN,
        /// Shows the code.
        CODE,
        /// Asks for it from the paper.
        PROOF
    }

    private final VaultClient client;
    private final Work work;
    private final RecoveryState state;
    private final Clock clock;
    private final Runnable counts;
    private final ReadOnlyObjectWrapper<Step> step;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private @Nullable RecoverySheet sheet;
    private boolean closed;

    /// @param state how it stands @param counts told when the new code counts, also after this was closed
    public RecoveryCodeViewModel(VaultClient client, Work work, RecoveryState state, Clock clock, Runnable counts) {
        this.client = client;
        this.work = work;
        this.state = state;
        this.clock = clock;
        this.counts = counts;
        step = new ReadOnlyObjectWrapper<>(state instanceof RecoveryState.ByAdministrators ? Step.ELSEWHERE : Step.PIN);
    }

    /// How it stands, in a sentence or two.
    public String standing() {
        return switch (state) {
            case RecoveryState.None _ -> Text.of("recovery.none");
            case RecoveryState.Sheet(String number, var made) ->
                Text.of("recovery.sheet", number, Shown.moment(made, clock));
            case RecoveryState.ByAdministrators _ -> Text.of("recovery.elsewhere");
        };
    }

    /// Where it is.
    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// What stands against the last try; empty if nothing does.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// While it is made or checked.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Makes a code. @param pin zeroed
    public void make(char[] pin) {
        if (busy.get() || step.get() != Step.PIN || pin.length == 0) {
            Arrays.fill(pin, '\0');
            return;
        }
        busy.set(true);
        message.set("");
        work.start(() -> tryPin(pin), this::show, this::failed);
    }

    /// What to write beside the code.
    public String label() {
        return sheet == null ? "" : Text.of("recovery.label", sheet.number(), Shown.moment(sheet.made(), clock));
    }

    /// The code that was made, with dashes between the groups; empty if it is gone.
    ///
    /// @return zeroed by the caller
    public char[] code() {
        try {
            return sheet == null ? new char[0] : sheet.code();
        } catch (ClientException expected) {
            // The vault is locked, and its screen goes.
            return new char[0];
        }
    }

    /// It is on paper.
    public void written() {
        if (step.get() == Step.CODE) {
            step.set(Step.PROOF);
        }
    }

    /// Shows it again.
    public void again() {
        if (step.get() == Step.PROOF && !busy.get()) {
            message.set("");
            step.set(Step.CODE);
        }
    }

    /// Checks what was read off the paper; if it is right, the code counts. @param typed zeroed
    public void prove(char[] typed) {
        RecoverySheet mine = sheet;
        if (busy.get() || step.get() != Step.PROOF || mine == null) {
            Arrays.fill(typed, '\0');
            return;
        }
        busy.set(true);
        message.set("");
        work.start(() -> tryCode(mine, typed), this::proved, this::failed);
    }

    @Override
    public void close() {
        closed = true;
        if (sheet != null) {
            sheet.close();
            sheet = null;
        }
    }

    private Made tryPin(char[] pin) throws ClientException {
        try {
            return new Made(client.newRecoveryCode(pin));
        } finally {
            // The client zeroes it too; this also covers a client that never got to it.
            Arrays.fill(pin, '\0');
        }
    }

    private static void tryCode(RecoverySheet sheet, char[] typed) throws ClientException {
        try {
            sheet.confirm(typed);
        } finally {
            // As above.
            Arrays.fill(typed, '\0');
        }
    }

    private void show(Made made) {
        busy.set(false);
        if (closed) {
            made.close();
            return;
        }
        switch (made.result()) {
            case SheetResult.Shown(RecoverySheet fresh) -> {
                sheet = fresh;
                step.set(Step.CODE);
            }
            case SheetResult.NotShown(UnlockResult why) -> message.set(PinAnswer.sentence(why));
        }
    }

    private void proved() {
        busy.set(false);
        counts.run();
    }

    private void failed(ClientException problem) {
        busy.set(false);
        // The lock screen says why.
        message.set(problem.problem() == Problem.LOCKED ? "" : problem.getMessage());
    }

    /// A code that nobody waits for any more is closed.
    private record Made(SheetResult result) implements AutoCloseable {
        @Override
        public void close() {
            if (result instanceof SheetResult.Shown(RecoverySheet unseen)) {
                unseen.close();
            }
        }
    }
}
