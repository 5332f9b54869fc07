package strongroom.vault.client;

import java.util.List;

/// What an import did. Everything in `added` is durable.
///
/// @param added the documents that are in the vault now
/// @param foldersMade how many folders were made
/// @param skipped the sources that could not be taken, each with its reason
public record ImportReport(List<Entry> added, int foldersMade, List<Skipped> skipped) {
    /// @param source the path as the user named it @param sentence why, for the user
    public record Skipped(String source, Problem problem, String sentence) {}
}
