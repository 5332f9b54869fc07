package strongroom.vault.client;

import java.util.Arrays;
import strongroom.protocol.policy.PinPolicy;

/// What a new PIN must be. The machine counts wrong tries, so six characters are enough there; where nothing counts,
/// a passphrase is asked for. The organisation can ask for more, never for less.
///
/// @param shortest fewest characters
/// @param alone whether nothing but the PIN protects the store
public record PinRules(int shortest, boolean alone) {
    /// Fewest characters where hardware or the OS keystore protects the store.
    public static final int SHORTEST = PinPolicy.MIN_SHORTEST;
    /// Fewest characters of a passphrase that is the only protection.
    public static final int SHORTEST_ALONE = 12;
    /// Most characters.
    public static final int LONGEST = 128;

    /// What is asked for.
    ///
    /// @param wanted by the organisation; 0 if it says nothing
    public static PinRules of(Assurance assurance, int wanted) {
        boolean alone = assurance == Assurance.PASSPHRASE;
        return new PinRules(Math.max(alone ? SHORTEST_ALONE : SHORTEST, wanted), alone);
    }

    /// @param pin not changed
    /// @throws ClientException `PIN_REFUSED` with what to change
    public void check(char[] pin) throws ClientException {
        if (pin.length < shortest) {
            throw new ClientException(Problem.PIN_REFUSED, tooShort());
        }
        if (pin.length > LONGEST) {
            throw new ClientException(
                    Problem.PIN_REFUSED, "The PIN is too long: choose at most " + LONGEST + " characters.");
        }
        if (allTheSame(pin) || isRun(pin)) {
            throw new ClientException(
                    Problem.PIN_REFUSED, "The PIN is too easy to guess: no repeated character and no simple run.");
        }
    }

    /// The same for one that takes the place of another.
    ///
    /// @param present not changed @param fresh not changed
    public void checkChange(char[] present, char[] fresh) throws ClientException {
        check(fresh);
        if (Arrays.equals(present, fresh)) {
            throw new ClientException(Problem.PIN_REFUSED, "The new PIN is the one you have now. Choose another one.");
        }
    }

    private String tooShort() {
        if (alone && shortest == SHORTEST_ALONE) {
            return "This machine has no TPM or keystore, so the PIN is the only protection: choose at least " + shortest
                    + " characters.";
        }
        return shortest > SHORTEST
                ? "The PIN is too short: your organisation wants at least " + shortest + " characters."
                : "The PIN is too short: choose at least " + shortest + " characters.";
    }

    private static boolean allTheSame(char[] pin) {
        for (char c : pin) {
            if (c != pin[0]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRun(char[] pin) {
        int step = pin[1] - pin[0];
        if (Math.abs(step) != 1) {
            return false;
        }
        for (int i = 2; i < pin.length; i++) {
            if (pin[i] - pin[i - 1] != step) {
                return false;
            }
        }
        return true;
    }
}
