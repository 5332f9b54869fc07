package strongroom.vault.client;

import java.util.List;

/// A document or folder that was found.
///
/// @param entry as it is now
/// @param folder path of the folder it is in; empty for the topmost
/// @param snippet a part of its text; empty if there is none
/// @param marks where the words that were looked for are in the snippet, in order
public record SearchHit(Entry entry, String folder, String snippet, List<Mark> marks) {
    /// A part of a snippet, in characters. @param from the first @param to behind the last
    public record Mark(int from, int to) {}

    /// Copies the list.
    public SearchHit {
        marks = List.copyOf(marks);
    }
}
