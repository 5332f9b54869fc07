package strongroom.vault.store;

import java.util.List;

/// What an import did.
///
/// @param added the documents that are in the vault now
/// @param foldersMade how many folders were made
/// @param skipped what could not be taken
public record ImportResult(List<Item> added, int foldersMade, List<Skipped> skipped) {
    /// Copies the lists.
    public ImportResult {
        added = List.copyOf(added);
        skipped = List.copyOf(skipped);
    }

    /// A source that was left out.
    ///
    /// @param source the path as the user named it @param why told apart @param sentence for the user
    public record Skipped(String source, StoreException.Why why, String sentence) {}
}
