package strongroom.desktop.library;

import atlantafx.base.theme.Styles;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// Messages in the corner of the screen.
final class Toasts {
    private final CommandsViewModel model;
    private final Consumer<Notice> more;
    private final VBox node = Controls.column("toasts");
    private final ListChangeListener<Notice> onNotices = _ -> show();

    Toasts(CommandsViewModel model, Consumer<Notice> more) {
        this.model = model;
        this.more = more;
        node.setId("toasts");
        node.setPickOnBounds(false);
        node.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setAlignment(node, Pos.BOTTOM_RIGHT);
    }

    VBox node() {
        return node;
    }

    void attach() {
        model.notices().addListener(onNotices);
        show();
    }

    void detach() {
        model.notices().removeListener(onNotices);
        node.getChildren().clear();
    }

    private void show() {
        node.getChildren().setAll(model.notices().stream().map(this::toast).toList());
    }

    private Node toast(Notice notice) {
        int number = model.notices().indexOf(notice);
        var text = Controls.paragraph(notice.text(), "toast-text");
        text.setId("toast-text-" + number);
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        Button close = Controls.iconButton(
                "toast-close-" + number, Text.of("toast.close"), Feather.X, () -> model.dismiss(notice), Styles.SMALL);
        HBox toast = Controls.row("toast", Controls.icon(iconOf(notice.tone())), text);
        if (!notice.details().isEmpty()) {
            toast.getChildren()
                    .add(Controls.button(
                            "toast-details-" + number,
                            Text.of("toast.details"),
                            Feather.LIST,
                            () -> more.accept(notice),
                            Styles.SMALL));
        }
        Notice.Offer offer = notice.offer();
        if (offer != null) {
            toast.getChildren()
                    .add(Controls.button(
                            "toast-offer-" + number,
                            offer.text(),
                            Feather.CORNER_UP_LEFT,
                            () -> model.accept(notice),
                            Styles.SMALL));
        }
        toast.getChildren().add(close);
        toast.getStyleClass().add("toast-" + notice.tone().name().toLowerCase(Locale.ROOT));
        return toast;
    }

    private static Feather iconOf(Notice.Tone tone) {
        return switch (tone) {
            case DONE -> Feather.CHECK_CIRCLE;
            case PARTLY -> Feather.ALERT_TRIANGLE;
            case FAILED -> Feather.ALERT_CIRCLE;
        };
    }
}
