package strongroom.vault.store.text;

/// What came out of a document's content.
public sealed interface Extraction {
    /// Its text.
    ///
    /// @param content never blank @param cut whether it is only the beginning
    record Text(String content, boolean cut) implements Extraction {}

    /// There is no text in content of this kind.
    record Nothing() implements Extraction {}

    /// The text was not reached.
    record Failed(Why why) implements Extraction {}

    /// Why the text was not reached.
    enum Why {
        /// The content is not what it says it is.
        BROKEN,
        /// It opens with a password only.
        PROTECTED,
        /// It is larger than is read, or grows too large when it is unpacked.
        TOO_LARGE,
        /// It took longer than it may.
        TOO_SLOW
    }
}
