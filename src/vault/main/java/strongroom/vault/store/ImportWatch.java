package strongroom.vault.store;

import java.util.List;

/// Told how an import goes, on the thread of the import.
public interface ImportWatch {
    /// Nobody looks.
    ImportWatch NONE = new ImportWatch() {
        @Override
        public void at(long done, long total, long doneBytes, long totalBytes) {}

        @Override
        public void added(List<Item> documents) {}
    };

    /// How far it is. @param done documents that are read or skipped @param total documents in all
    /// @param doneBytes bytes read @param totalBytes bytes in all, as they were when the sources were counted
    void at(long done, long total, long doneBytes, long totalBytes);

    /// These documents are durable now.
    void added(List<Item> documents);
}
