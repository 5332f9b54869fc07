package strongroom.vault.store;

/// What a program did to the files of a folder, or said, in the order in which it did. Files have numbers, since names
/// come and go.
sealed interface DiskEvent {
    /// @param name of the folder that the entry is in, and of the entry; a folder has file 0
    record Made(String name, int file) implements DiskEvent {}

    record Removed(String name) implements DiskEvent {}

    record Renamed(String from, String to) implements DiskEvent {}

    record Wrote(int file, long at, byte[] bytes) implements DiskEvent {}

    record Cut(int file, long length) implements DiskEvent {}

    record SyncedFile(int file) implements DiskEvent {}

    /// The names in the folder.
    record SyncedFolder(String name) implements DiskEvent {}

    record Said(String line) implements DiskEvent {}
}
