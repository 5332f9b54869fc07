package strongroom.bench;

/// What is timed, or counted.
enum Workload {
    /// Thousands of office documents come in and are durable.
    IMPORT_DOCUMENTS("import_documents_s"),
    /// All of them are read.
    READ_DOCUMENTS("read_documents_s"),
    /// What they take on the disk, as a part of what they are.
    SIZE_DOCUMENTS("size_documents"),
    /// One large document comes in and is durable.
    IMPORT_LARGE("import_large_s"),
    /// It is read.
    READ_LARGE("read_large_s"),
    /// What it takes on the disk; it cannot be compressed.
    SIZE_LARGE("size_large"),
    /// A document of which one per cent changed here and there is saved again.
    SAVE_EDITED("save_edited_s"),
    /// How much the store grew by that, in megabytes.
    GROWTH_EDITED("growth_edited_mb"),
    /// A document into which 4 KiB were inserted is saved again.
    SAVE_INSERTED("save_inserted_s"),
    /// How much the store grew by that, in megabytes.
    GROWTH_INSERTED("growth_inserted_mb");

    private final String label;

    Workload(String label) {
        this.label = label;
    }

    /// How the table and the JSON call it.
    String label() {
        return label;
    }
}
