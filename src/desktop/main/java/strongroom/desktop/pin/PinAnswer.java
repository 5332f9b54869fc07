package strongroom.desktop.pin;

import java.time.Duration;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.vault.client.UnlockResult;

/// What a PIN met, in a sentence.
public final class PinAnswer {
    private PinAnswer() {}

    /// @param result of a PIN that did not do what it was for
    public static String sentence(UnlockResult result) {
        return sentence(result, Text.of("unlock.wrong"));
    }

    /// @param wrong what is said of a wrong one, before the tries that are left
    static String sentence(UnlockResult result, String wrong) {
        return switch (result) {
            case UnlockResult.Opened _ -> throw new IllegalStateException("a PIN that opens needs no sentence");
            case UnlockResult.WrongPin(int left, boolean thenDestroyed) -> wrong + tries(left, thenDestroyed);
            case UnlockResult.Paused(Duration pause) ->
                pause.isZero() ? Text.of("unlock.paused.unknown") : Text.of("unlock.paused", Shown.duration(pause));
            case UnlockResult.NewPinNeeded(var why) -> why.sentence();
            case UnlockResult.Refused refused -> refused.sentence();
        };
    }

    /// How many tries are left, behind another sentence; empty if nobody says.
    private static String tries(int left, boolean thenDestroyed) {
        return left < 0 ? "" : " " + triesLeft(left, thenDestroyed);
    }

    /// How many tries are left. @param thenDestroyed whether the keys are destroyed at the last of them
    public static String triesLeft(int left, boolean thenDestroyed) {
        return thenDestroyed ? Text.of("unlock.tries.destroyed", left) : Text.of("unlock.tries", left);
    }
}
