package strongroom.vault.store;

/// Something that was damaged, and what became of it.
///
/// @param what the id of it, or its path @param outcome how it stands now @param sentence the same for a person
public record Repaired(String what, Outcome outcome, String sentence) {
    /// How it stands.
    public enum Outcome {
        /// As it was.
        MENDED,
        /// The server has it: the agent is asked to bring it.
        ASKED_FOR,
        /// Neither this device nor, as far as it knows, the server has it. Everything else is usable.
        LOST
    }
}
