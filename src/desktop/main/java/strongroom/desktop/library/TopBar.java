package strongroom.desktop.library;

import atlantafx.base.theme.Styles;
import java.util.Locale;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import strongroom.desktop.search.SearchBox;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// The search, how it stands with the server, lock, import.
final class TopBar {
    private final LibraryViewModel model;
    private final HBox node;
    private final SearchBox search;
    private final Button sync = new Button();
    private final FontIcon syncIcon = new FontIcon(Feather.CLOUD);
    private final ChangeListener<StatusViewModel.Tone> onTone = (_, _, tone) -> show(tone);

    /// @param leave takes the focus from the search to what is shown
    TopBar(LibraryViewModel model, Runnable leave, Runnable importFiles, Runnable importFolder) {
        this.model = model;
        search = new SearchBox(model.search(), leave);
        buildSync();
        Button lock = Controls.button("lock-button", Text.of("top.lock"), Feather.LOCK, model::lock);
        lock.setTooltip(new Tooltip(Text.of("top.lock.tip")));
        node = Controls.row(
                "top-bar", search.node(), Controls.filler(), sync, lock, importMenu(importFiles, importFolder));
    }

    HBox node() {
        return node;
    }

    void focusSearch() {
        search.focus();
    }

    /// Whether somebody types what to look for.
    boolean isSearching() {
        return search.node().isFocused();
    }

    void attach() {
        model.status().syncToneProperty().addListener(onTone);
        show(model.status().syncToneProperty().get());
    }

    void detach() {
        model.status().syncToneProperty().removeListener(onTone);
        search.detach();
    }

    private void buildSync() {
        sync.setId("sync-chip");
        sync.getStyleClass().add("sync-chip");
        sync.setGraphic(syncIcon);
        sync.setMinWidth(Region.USE_PREF_SIZE);
        sync.textProperty().bind(model.status().syncTextProperty());
        sync.accessibleTextProperty().bind(model.status().syncWhyProperty());
        sync.setOnAction(_ -> model.status().syncNow());
        var why = new Tooltip();
        why.textProperty().bind(model.status().syncWhyProperty());
        why.setWrapText(true);
        why.setMaxWidth(360);
        sync.setTooltip(why);
    }

    private void show(StatusViewModel.Tone tone) {
        syncIcon.setIconCode(iconOf(tone));
        for (StatusViewModel.Tone each : StatusViewModel.Tone.values()) {
            sync.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)), each == tone);
        }
    }

    private static Ikon iconOf(StatusViewModel.Tone tone) {
        return switch (tone) {
            case QUIET -> Feather.CLOUD;
            case GOOD -> Feather.CHECK_CIRCLE;
            case BUSY -> Feather.REFRESH_CW;
            case WARNING -> Feather.CLOUD_OFF;
            case DANGER -> Feather.ALERT_OCTAGON;
        };
    }

    private MenuButton importMenu(Runnable importFiles, Runnable importFolder) {
        var menu = new MenuButton(Text.of("top.import"), Controls.icon(Feather.UPLOAD));
        menu.setId("import-button");
        menu.setAccessibleText(Text.of("top.import"));
        menu.getStyleClass().add(Styles.ACCENT);
        menu.disableProperty().bind(model.listing().readyProperty().not());
        menu.setMinWidth(Region.USE_PREF_SIZE);
        menu.getItems()
                .setAll(
                        item("import-files", "top.import.files", Feather.FILE_PLUS, importFiles),
                        item("import-folder", "top.import.folder", Feather.FOLDER_PLUS, importFolder));
        return menu;
    }

    private static MenuItem item(String id, String key, Ikon icon, Runnable action) {
        var item = new MenuItem(Text.of(key), Controls.icon(icon));
        item.setId(id);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
