package strongroom.vault.store.search;

import java.util.List;
import strongroom.protocol.Id;

/// A document or folder that holds what was looked for.
///
/// @param entry which one
/// @param snippet of its text around the first place; empty if it has no text
/// @param marks where the words are in the snippet, in order
public record Hit(Id entry, String snippet, List<Mark> marks) {
    /// A part of the snippet, in characters. @param from the first @param to behind the last
    public record Mark(int from, int to) {}

    /// Copies the list.
    public Hit {
        marks = List.copyOf(marks);
    }
}
