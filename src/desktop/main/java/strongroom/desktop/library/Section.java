package strongroom.desktop.library;

/// What the middle of the main screen shows while no document is open.
public enum Section {
    /// A folder and what is in it.
    FOLDER,
    /// What was found.
    SEARCH,
    /// What was deleted.
    TRASH
}
