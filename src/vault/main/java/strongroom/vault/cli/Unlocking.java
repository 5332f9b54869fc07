package strongroom.vault.cli;

import strongroom.vault.client.ClientException;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;
import strongroom.vault.client.UnlockResult;
import strongroom.vault.client.VaultClient;

/// Turns what came of a PIN into an open library or one sentence.
final class Unlocking {
    private Unlocking() {}

    /// @param pin zeroed by the client
    static Library open(VaultClient client, char[] pin) throws ClientException {
        return open(client.unlock(pin));
    }

    /// @return the library, if the PIN was right
    static Library open(UnlockResult result) throws ClientException {
        return switch (result) {
            case UnlockResult.Opened opened -> opened.library();
            case UnlockResult.WrongPin wrong -> throw new ClientException(Problem.WRONG_PIN, sentence(wrong));
            case UnlockResult.NewPinNeeded(var why) ->
                throw new ClientException(Problem.NEW_PIN_NEEDED, why.sentence() + " \"strongroom pin\" does it.");
            case UnlockResult.Paused paused ->
                throw new ClientException(
                        Problem.TOO_MANY_TRIES,
                        paused.pause().isZero()
                                ? "Too many wrong PINs: this machine refuses further tries for a while."
                                : "Too many wrong PINs: try again in "
                                        + paused.pause().plusMillis(999).toSeconds() + " seconds.");
            case UnlockResult.Refused refused -> throw new ClientException(refused.problem(), refused.sentence());
        };
    }

    private static String sentence(UnlockResult.WrongPin wrong) {
        if (wrong.triesLeft() < 0) {
            return "The PIN is wrong.";
        }
        return wrong.thenDestroyed()
                ? "The PIN is wrong. Tries left before this device destroys its keys: " + wrong.triesLeft() + "."
                : "The PIN is wrong. Tries left before a pause: " + wrong.triesLeft() + ".";
    }
}
