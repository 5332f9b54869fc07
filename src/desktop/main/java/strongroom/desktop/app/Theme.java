package strongroom.desktop.app;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// Light or dark: as the desktop is, until the user says otherwise. On the thread of the window.
public final class Theme {
    private final ObservableValue<ColorScheme> desktop;
    private final Consumer<@Nullable ColorScheme> choose;
    private final ObjectProperty<ColorScheme> shown = new SimpleObjectProperty<>();

    /// @param desktop what the desktop prefers
    public Theme(ObservableValue<ColorScheme> desktop) {
        this(desktop, null, _ -> {});
    }

    /// @param desktop what the desktop prefers @param chosen what the user chose before; null to follow the desktop
    /// @param choose told what the user chooses now; null to follow the desktop
    public Theme(
            ObservableValue<ColorScheme> desktop,
            @Nullable ColorScheme chosen,
            Consumer<@Nullable ColorScheme> choose) {
        this.desktop = desktop;
        this.choose = choose;
        show(chosen);
    }

    /// Changes to the other one, and stays there whatever the desktop does, until the user comes back to what the
    /// desktop has.
    public void toggle() {
        ColorScheme other = shown.get() == ColorScheme.DARK ? ColorScheme.LIGHT : ColorScheme.DARK;
        ColorScheme chosen = other == desktop.getValue() ? null : other;
        show(chosen);
        choose.accept(chosen);
    }

    /// What is shown.
    public ColorScheme shown() {
        return shown.get();
    }

    /// Styles a scene from now on.
    public void style(Scene scene) {
        apply(scene, shown.get());
        shown.addListener((_, _, now) -> apply(scene, now));
    }

    /// A button that changes between the two.
    public Button button() {
        return Controls.iconButton("theme-button", Text.of("theme.toggle"), Feather.MOON, this::toggle);
    }

    private void show(@Nullable ColorScheme chosen) {
        shown.unbind();
        if (chosen == null) {
            shown.bind(desktop);
        } else {
            shown.set(chosen);
        }
    }

    private static void apply(Scene scene, ColorScheme scheme) {
        boolean dark = scheme == ColorScheme.DARK;
        Application.setUserAgentStylesheet(
                dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        scene.getStylesheets().setAll(List.of(sheet("strongroom.css"), sheet(dark ? "dark.css" : "light.css")));
    }

    private static String sheet(String name) {
        return String.valueOf(Theme.class.getResource("/strongroom/desktop/theme/" + name));
    }
}
