package strongroom.bench.contender;

import java.util.Map;

/// How a program is used by its command line, for a shell in a folder of its own, as its manual says: `$FILE` or
/// `$SOURCE` comes in as `$NAME`. What is kept is in the folder `kept`; what is mounted, in the folder `open`.
///
/// @param program its name @param durability see {@link Contender#durability} @param versions whether what a file
/// was before stays @param steps what is typed for each; what is missing it cannot do
record Typed(String program, String durability, boolean versions, Map<Step, String> steps) {
    /// What a program can be asked for.
    enum Step {
        /// A new, empty store.
        BEGIN,
        /// It is mounted with its password; only for file systems.
        MOUNT,
        /// The same with its key.
        MOUNT_WITH_KEY,
        /// It is no longer mounted.
        UNMOUNT,
        /// A file comes in and is durable.
        IMPORT_FILE,
        /// It is read.
        READ_FILE,
        /// A folder comes in and is durable.
        IMPORT_FOLDER,
        /// All of it is read.
        READ_FOLDER,
        /// The store is opened and the topmost folder listed; only for those that are not mounted.
        UNLOCK
    }

    boolean can(Step step) {
        return steps.containsKey(step);
    }

    boolean mounts() {
        return can(Step.MOUNT);
    }
}
