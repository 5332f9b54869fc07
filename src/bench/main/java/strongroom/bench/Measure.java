package strongroom.bench;

/// What is timed, or counted.
///
/// @param label how the table and the JSON call it; the contender's name follows
/// @param ratio how the keys of ratios call it; empty where ours and theirs are not compared
record Measure(String label, String ratio) {
    /// Thousands of office documents come in and are durable.
    static final Measure IMPORT_DOCUMENTS = compared("import_documents_s");
    /// All of them are read.
    static final Measure READ_DOCUMENTS = compared("read_documents_s");
    /// What they take on the disk, as a part of what they are.
    static final Measure SIZE_DOCUMENTS = compared("size_documents");
    /// One large document comes in and is durable.
    static final Measure IMPORT_LARGE = compared("import_large_s");
    /// It is read.
    static final Measure READ_LARGE = compared("read_large_s");
    /// What it takes on the disk; it cannot be compressed.
    static final Measure SIZE_LARGE = compared("size_large");
    /// A piece of it is read, half of the time.
    static final Measure RANDOM_MEDIAN = compared("random_read_p50_us");
    /// The same, but for one time in a hundred.
    static final Measure RANDOM_NEARLY_ALL = compared("random_read_p99_us");
    /// The same, on average.
    static final Measure RANDOM_MEAN = compared("random_read_mean_us");
    /// How many pieces were read before the time was up.
    static final Measure RANDOM_READS = alone("random_reads");
    /// A document of which one per cent changed here and there is saved again.
    static final Measure SAVE_EDITED = compared("save_edited_s");
    /// How much the store grew by that, in megabytes.
    static final Measure GROWTH_EDITED = compared("growth_edited_mb");
    /// A document into which 4 KiB were inserted is saved again.
    static final Measure SAVE_INSERTED = compared("save_inserted_s");
    /// How much the store grew by that, in megabytes.
    static final Measure GROWTH_INSERTED = compared("growth_inserted_mb");
    /// A great many tiny documents come in and are durable; once, not in every round.
    static final Measure IMPORT_MANY = compared("import_many_s");
    /// A store that holds them is opened with the key at hand.
    static final Measure OPEN = compared("open_s");
    /// The same, until what is in the topmost folder is listed.
    static final Measure FIRST_ROWS = compared("first_rows_s");
    /// The same with the password.
    static final Measure UNLOCK = compared("unlock_s");
    /// A folder of a thousand of them is listed.
    static final Measure LIST_FOLDER = compared("list_folder_s");
    /// All of them are listed.
    static final Measure LIST_ALL = compared("list_all_s");

    static Measure compared(String label) {
        return new Measure(label, label);
    }

    static Measure alone(String label) {
        return new Measure(label, "");
    }
}
