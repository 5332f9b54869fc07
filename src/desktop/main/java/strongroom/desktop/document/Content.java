package strongroom.desktop.document;

import java.util.List;

/// What the viewer has to show. A switch over it has no default.
public sealed interface Content {
    /// Nothing is open.
    record Nothing() implements Content {}

    /// Still reading.
    record Loading() implements Content {}

    /// Text. @param note what is left out; empty if nothing is
    record Lines(List<String> lines, String note) implements Content {}

    /// A picture. @param note what was changed for the screen; empty if nothing was
    record Picture(Pixels pixels, String note) implements Content {}

    /// Pages, drawn when they are looked at.
    record Pages(PdfPages pages) implements Content, AutoCloseable {
        /// Lets go of the document; also by who gets it too late to show it.
        @Override
        public void close() {
            pages.close();
        }
    }

    /// A document this program cannot show. @param sentence why, and what to do
    record NoPreview(String sentence) implements Content {}

    /// A document that is broken, or could not be read. @param sentence what happened
    record Broken(String sentence) implements Content {}
}
