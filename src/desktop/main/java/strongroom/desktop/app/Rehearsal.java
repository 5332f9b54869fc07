package strongroom.desktop.app;

import javafx.application.ColorScheme;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import strongroom.desktop.drop.WaitingFilesViewModel;
import strongroom.desktop.pin.RenewPinViewModel;
import strongroom.desktop.recovery.RecoverViewModel;
import strongroom.desktop.unlock.UnlockView;
import strongroom.desktop.unlock.UnlockViewModel;
import strongroom.desktop.work.Work;
import strongroom.vault.client.Assurance;
import strongroom.vault.client.PinRules;
import strongroom.vault.client.RecoveryState;
import strongroom.vault.client.UnlockResult;

/// A lock screen that nobody sees: the classes, fonts and style sheets of the real one are loaded when it must be there
/// at once. On the thread of the window.
public final class Rehearsal {
    private Rehearsal() {}

    /// Plays it. @param desktop whether the desktop prefers light or dark
    public static void play(ObservableValue<ColorScheme> desktop) {
        MainWindow.loadFonts();
        Work nothing = new Work(Runnable::run, Runnable::run, (_, _) -> {});
        UnlockResult wrong = new UnlockResult.WrongPin(0);
        var recovery = new RecoverViewModel(RecoveryState.None::new, (_, _) -> wrong, nothing, _ -> {});
        var renewal =
                new RenewPinViewModel(() -> PinRules.of(Assurance.HARDWARE, 0), (_, _) -> wrong, nothing, _ -> {});
        UnlockViewModel model = new UnlockViewModel(_ -> wrong, recovery, renewal, nothing, _ -> {});
        UnlockView view = new UnlockView(model, new WaitingFilesViewModel());
        Scene scene = new Scene(view.node(), MainWindow.WIDTH, MainWindow.HEIGHT);
        new Theme(desktop).style(scene);
        var unused = scene.snapshot(null);
    }
}
