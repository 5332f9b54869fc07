package strongroom.vault.client;

import java.time.Duration;

/// What came of a PIN. A switch over it has no default.
public sealed interface UnlockResult {
    /// Open.
    ///
    /// @param library valid until the lock; then every call on it fails with {@link Problem#LOCKED}
    record Opened(Library library) implements UnlockResult {}

    /// Wrong; a try was counted.
    ///
    /// @param triesLeft until the next pause, or -1 if whoever counts does not say
    /// @param thenDestroyed whether at the last of them the keys are destroyed, instead of a pause
    record WrongPin(int triesLeft, boolean thenDestroyed) implements UnlockResult {
        /// Before a pause.
        public WrongPin(int triesLeft) {
            this(triesLeft, false);
        }
    }

    /// Right, but the organisation wants another one: nothing is open until there is one, see {@link
    /// VaultClient#renewPin}.
    record NewPinNeeded(Why why) implements UnlockResult {
        /// What is wrong with it.
        public enum Why {
            /// It is shorter than what is asked for now.
            TOO_SHORT("Your PIN is right, but your organisation wants longer ones now. Choose a new PIN to go on."),
            /// It was chosen too long ago.
            TOO_OLD("Your PIN is right, but too old by your organisation's rule. Choose a new PIN to go on.");

            private final String sentence;

            Why(String sentence) {
                this.sentence = sentence;
            }

            /// For people.
            public String sentence() {
                return sentence;
            }
        }
    }

    /// No try is left.
    ///
    /// @param pause how long until the next try, zero if unknown
    record Paused(Duration pause) implements UnlockResult {}

    /// The seal does not open for a reason other than the PIN; the sentence says what and what to do.
    record Refused(Problem problem, String sentence) implements UnlockResult {}
}
