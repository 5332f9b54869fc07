package strongroom.vault.client;

/// What a new PIN must be. The machine counts wrong tries, so six characters are enough there; where nothing counts,
/// a passphrase is asked for.
public final class PinRules {
    /// Fewest characters where hardware or the OS keystore protects the store.
    public static final int SHORTEST = 6;
    /// Fewest characters of a passphrase that is the only protection.
    public static final int SHORTEST_ALONE = 12;
    /// Most characters.
    public static final int LONGEST = 128;

    private PinRules() {}

    /// Fewest characters of a PIN.
    public static int shortest(Assurance assurance) {
        return assurance == Assurance.PASSPHRASE ? SHORTEST_ALONE : SHORTEST;
    }

    /// @param pin not changed
    /// @throws ClientException `PIN_REFUSED` with what to change
    public static void check(char[] pin, Assurance assurance) throws ClientException {
        int shortest = shortest(assurance);
        if (pin.length < shortest) {
            throw new ClientException(
                    Problem.PIN_REFUSED,
                    assurance == Assurance.PASSPHRASE
                            ? "This machine has no TPM or keystore, so the PIN is the only protection: choose at least "
                                    + shortest + " characters."
                            : "The PIN is too short: choose at least " + shortest + " characters.");
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
