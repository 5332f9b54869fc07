package strongroom.desktop.unlock;

import static strongroom.desktop.widget.Controls.button;
import static strongroom.desktop.widget.Controls.column;
import static strongroom.desktop.widget.Controls.iconButton;
import static strongroom.desktop.widget.Controls.live;
import static strongroom.desktop.widget.Controls.row;

import atlantafx.base.theme.Styles;
import javafx.beans.value.ChangeListener;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.drop.DropTarget;
import strongroom.desktop.drop.WaitingFilesViewModel;
import strongroom.desktop.pin.RenewPinView;
import strongroom.desktop.pin.RenewPinViewModel;
import strongroom.desktop.recovery.RecoverView;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Brand;
import strongroom.desktop.widget.Controls;
import strongroom.desktop.widget.PinField;
import strongroom.desktop.widget.Screen;

/// The lock screen: brand, greeting, reason, PIN. Holds nothing of the vault.
public final class UnlockView implements Screen {
    private final UnlockViewModel model;
    private final WaitingFilesViewModel waiting;
    private final PinField pin = new PinField("pin-field", Text.of("unlock.pin"));
    private final StackPane root = new StackPane();
    private final RecoverView recover;
    private final ChangeListener<Boolean> refocus = (_, _, busy) -> focusUnless(busy);
    private final VBox card;
    private final ChangeListener<RenewPinViewModel.@Nullable Asked> onRenew = (_, _, asked) -> renew(asked);
    private @Nullable RenewPinView renewal;
    private final ChangeListener<Boolean> onRecover = (_, _, open) -> turn(open);

    /// @param waiting gets the files that are dropped here
    public UnlockView(UnlockViewModel model, WaitingFilesViewModel waiting) {
        this.model = model;
        this.waiting = waiting;
        root.setId("unlock-screen");
        root.getStyleClass().add("front-screen");
        recover = new RecoverView(model.recovery());
        card = card();
        Controls.showWhen(
                card,
                model.recovery()
                        .openProperty()
                        .not()
                        .and(model.renewal().askedProperty().isNull()));
        Controls.showWhen(recover.node(), model.recovery().openProperty());
        root.getChildren().addAll(card, recover.node());
        new DropTarget(root, () -> true, waiting::add).accept();
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void attach() {
        model.busyProperty().addListener(refocus);
        model.recovery().openProperty().addListener(onRecover);
        model.renewal().askedProperty().addListener(onRenew);
        recover.attach();
        pin.requestFocus();
    }

    @Override
    public void detach() {
        model.busyProperty().removeListener(refocus);
        model.recovery().openProperty().removeListener(onRecover);
        model.renewal().askedProperty().removeListener(onRenew);
        recover.detach();
        renew(null);
        pin.clear();
    }

    private VBox card() {
        Label title = live("unlock-greeting", model.greetingProperty(), Styles.TITLE_2);
        Label reason = live("unlock-reason", model.reasonProperty(), "reason");
        reason.setGraphic(Controls.icon(Feather.LOCK));
        Label message = live("unlock-message", model.messageProperty(), "message", Styles.DANGER);
        message.setGraphic(Controls.icon(Feather.ALERT_CIRCLE));
        Button code = button(
                "unlock-recovery",
                Text.of("unlock.recovery"),
                Feather.LIFE_BUOY,
                model.recovery()::open,
                Styles.FLAT,
                Styles.SMALL);
        code.disableProperty().bind(model.busyProperty());
        Controls.showWhen(code, model.recovery().offeredProperty());
        VBox column = column(
                "card",
                Brand.mark(72),
                title,
                reason,
                column("field-group", Controls.label(Text.of("unlock.pin"), "field-label"), pinRow()),
                message,
                waitingNote(),
                code,
                Controls.paragraph(Text.of("unlock.hint"), Styles.TEXT_MUTED, Styles.TEXT_SMALL));
        column.setMaxSize(VBox.USE_PREF_SIZE, VBox.USE_PREF_SIZE);
        return column;
    }

    private HBox waitingNote() {
        Label sentence = live("unlock-waiting", waiting.sentenceProperty());
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        Button forget = iconButton(
                "unlock-waiting-forget", Text.of("drop.forget"), Feather.X, this::forgetWaiting, Styles.SMALL);
        HBox note = row("waiting-note", Controls.icon(Feather.DOWNLOAD), sentence, forget);
        Controls.showWhen(note, waiting.sentenceProperty().isNotEmpty());
        return note;
    }

    private void forgetWaiting() {
        waiting.forget();
        pin.requestFocus();
    }

    private HBox pinRow() {
        pin.setOnEnter(this::submit);
        pin.disableProperty().bind(model.busyProperty().or(model.pausedProperty()));
        HBox.setHgrow(pin, Priority.ALWAYS);
        Button unlock =
                button("unlock-button", Text.of("unlock.button"), Feather.ARROW_RIGHT, this::submit, Styles.ACCENT);
        unlock.disableProperty()
                .bind(pin.lengthProperty().isEqualTo(0).or(model.busyProperty()).or(model.pausedProperty()));
        var waiting = new ProgressIndicator();
        waiting.setId("unlock-progress");
        waiting.setAccessibleText(Text.of("unlock.checking"));
        waiting.getStyleClass().add("small-progress");
        Controls.showWhen(waiting, model.busyProperty());
        Controls.showWhen(unlock, model.busyProperty().not());
        return row("pin-row", pin, unlock, waiting);
    }

    private void submit() {
        model.unlock(pin.take());
    }

    private void turn(boolean toTheCode) {
        if (toTheCode) {
            pin.clear();
            recover.requestFocus();
        } else {
            recover.clear();
            pin.requestFocus();
        }
    }

    private void renew(RenewPinViewModel.@Nullable Asked asked) {
        if (renewal != null) {
            renewal.clear();
            root.getChildren().remove(renewal.node());
            renewal = null;
            pin.requestFocus();
        }
        if (asked != null) {
            pin.clear();
            renewal = new RenewPinView(asked, model.renewal()::back);
            root.getChildren().add(renewal.node());
            renewal.requestFocus();
        }
    }

    private void focusUnless(boolean busy) {
        if (!busy && renewal == null) {
            pin.requestFocus();
        }
    }
}
