package strongroom.server.admin;

/// What came of an attempt to open the keys that a person left for recovery.
///
/// @param personName whose
/// @param result what came of it
public record RecoveryCheck(String personName, Result result) {
    /// What can come of it.
    public enum Result {
        /// The shares open the person's keys.
        OPENS("opens"),
        /// No device of the person was unlocked since the first recovery key was made.
        MISSING("missing"),
        /// There are keys, but for an earlier recovery key: nobody unlocked since the present one was made.
        STALE("stale"),
        /// The shares do not open it, or the person's keys are not in it.
        REFUSED("does not open");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        /// For people.
        public String word() {
            return word;
        }
    }
}
