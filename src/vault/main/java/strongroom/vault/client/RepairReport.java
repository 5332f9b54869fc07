package strongroom.vault.client;

import java.util.List;

/// What a repair did.
///
/// @param repaired each thing that was damaged, and what became of it @param after how the store stands now
public record RepairReport(List<Item> repaired, VerifyReport after) {
    /// What became of something.
    public enum Outcome {
        /// As it was.
        MENDED,
        /// The server has it, and could not be asked yet: it comes with the next contact.
        ASKED_FOR,
        /// Neither this device nor, as far as it knows, the server has it.
        LOST
    }

    /// @param what an id or a document's path @param sentence what became of it
    public record Item(String what, Outcome outcome, String sentence) {}
}
