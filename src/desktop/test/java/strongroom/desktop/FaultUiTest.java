package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import strongroom.desktop.app.FaultWindow;

/// What one sees when the vault's folder cannot be opened.
class FaultUiTest {
    private static final String SENTENCE = "The folder /home/anna/.strongroom is in use by another window of"
            + " Strongroom. Close that one first, or start this one with --home and another folder.";

    private final FxRobot robot = new FxRobot();

    @ParameterizedTest
    @EnumSource(ColorScheme.class)
    void theReasonIsSaidAndOneKeyEndsIt(ColorScheme scheme) throws Exception {
        FxToolkit.registerPrimaryStage();
        Stage stage = fx(Stage::new);
        fx(() -> {
            new FaultWindow(stage, new SimpleObjectProperty<>(scheme)).open(SENTENCE);
            return true;
        });
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, stage.focusedProperty());
        Window.picture("fault-" + scheme);
        Parent root = stage.getScene().getRoot();

        assertEquals(
                SENTENCE, robot.lookup("#fault-message").queryAs(Labeled.class).getText());
        assertEquals(List.of(), fx(() -> Stream.concat(Accessible.faults(root).stream(), Legible.faults(root).stream())
                .toList()));

        robot.push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertFalse(stage.isShowing());
    }

    private static <T> T fx(Callable<T> call) throws Exception {
        return WaitForAsyncUtils.asyncFx(call).get(60, TimeUnit.SECONDS);
    }
}
