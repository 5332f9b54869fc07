package strongroom.desktop.devices;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.DeviceInfo;

/// The devices of the person; those that wait show the digits to compare, and can be approved.
public final class DevicesView {
    private final DevicesViewModel model;
    private final VBox list = Controls.column("devices");
    private final VBox node;
    private final ListChangeListener<DeviceInfo> onDevices = _ -> show();

    public DevicesView(DevicesViewModel model) {
        this.model = model;
        var busy = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        busy.setId("devices-progress");
        busy.setAccessibleText(Text.of("devices.loading"));
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.getStyleClass().add(Styles.SMALL);
        Controls.showWhen(busy, model.busyProperty());
        list.setId("device-list");
        var scroll = new ScrollPane(list);
        scroll.getStyleClass().addAll("device-scroll", Tweaks.EDGE_TO_EDGE);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        node = Controls.column(
                "sheet-content",
                Controls.paragraph(Text.of("devices.explanation"), Styles.TEXT_MUTED),
                busy,
                Controls.live("devices-message", model.messageProperty(), "message", Styles.DANGER),
                Controls.live("devices-done", model.doneProperty(), "message", Styles.SUCCESS),
                scroll);
        model.devices().addListener(onDevices);
        show();
    }

    /// Its nodes.
    public Node node() {
        return node;
    }

    /// Ends following.
    public void detach() {
        model.devices().removeListener(onDevices);
        list.getChildren().clear();
    }

    private void show() {
        list.getChildren().setAll(model.devices().stream().map(this::device).toList());
    }

    private Node device(DeviceInfo device) {
        Label name = Controls.label(Shown.name(device.name()), Styles.TEXT_BOLD);
        HBox title = Controls.row("device-title", Controls.icon(Feather.MONITOR), name);
        if (device.thisOne()) {
            title.getChildren().add(Controls.label(Text.of("devices.this"), "tag"));
        }
        title.getChildren().addAll(Controls.filler(), Controls.label(status(device), "tag", "tag-" + tone(device)));
        VBox box = Controls.column("device", title);
        if (device.waiting()) {
            box.getChildren().add(approval(device));
        }
        return box;
    }

    private Node approval(DeviceInfo device) {
        Label code = Controls.label(device.approvalCode(), "approval-code");
        code.setId("device-code-" + device.id());
        var same = new CheckBox(Text.of("devices.same"));
        same.setId("device-same-" + device.id());
        same.setAccessibleText(Text.of("devices.same"));
        Button approve = Controls.button(
                "device-approve-" + device.id(),
                Text.of("devices.approve"),
                Feather.CHECK,
                () -> model.approve(device),
                Styles.ACCENT);
        approve.disableProperty().bind(same.selectedProperty().not().or(model.busyProperty()));
        return Controls.column(
                "device-approval",
                Controls.paragraph(Text.of("devices.compare")),
                code,
                Controls.row("device-answer", same, Controls.filler(), approve));
    }

    private static String status(DeviceInfo device) {
        return switch (device.status()) {
            case "active" -> Text.of("devices.active");
            case "waiting" -> Text.of("devices.waiting");
            case "wiped" -> Text.of("devices.wiped");
            case "frozen" -> Text.of("devices.frozen");
            default -> Shown.name(device.status());
        };
    }

    private static String tone(DeviceInfo device) {
        return switch (device.status()) {
            case "active" -> "good";
            case "waiting" -> "warning";
            default -> "quiet";
        };
    }
}
