package strongroom.journey;

import java.nio.file.Path;

/// One document that the journey opens, and what must be seen then.
///
/// @param document below the imported folder @param look how it must look
/// @param shows words that must be seen, too; empty if none
record Reading(Path document, Look look, String shows) {
    /// How an open document looks.
    enum Look {
        /// Lines of text.
        TEXT("text", "text", "text-lines"),
        /// A picture.
        PICTURE("picture", "image", "image-view"),
        /// A page of a PDF.
        PDF("PDF", "pdf", "pdf-page"),
        /// Whatever it is, or a sentence that says why it is not shown: what a damaged document still shows is not for
        /// the journey to say.
        ANY("document that is not well", "damaged", "viewer-sentence");

        private final String label;
        private final String picture;
        private final String id;

        Look(String label, String picture, String id) {
            this.label = label;
            this.picture = picture;
            this.id = id;
        }

        /// What people call it.
        String label() {
            return label;
        }

        /// The name of the picture that is taken of it.
        String picture() {
            return picture;
        }

        /// The node that shows it.
        String id() {
            return id;
        }
    }
}
