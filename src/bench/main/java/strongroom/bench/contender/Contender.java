package strongroom.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import strongroom.vault.store.StoreException;

/// Something that keeps documents. What came in is durable when the call returns, by {@link #durability}; reading
/// reads to the end. Figures are seconds, measured by whoever is nearest to the work.
public interface Contender {
    /// In tables and in the keys of ratios.
    String name();

    /// How what came in gets durable, for the table.
    String durability();

    /// Whether it keeps single files only.
    default boolean filesOnly() {
        return false;
    }

    /// Whether what a file was before stays, so that the store grows by what is new in it.
    default boolean keepsVersions() {
        return false;
    }

    /// Takes a file in, in place of what it has under that name.
    double importFile(Path file, String name) throws IOException, StoreException, InterruptedException;

    /// Takes a folder in.
    double importFolder(Path source, String name) throws IOException, StoreException, InterruptedException;

    /// Sees to it that nothing waits to be sent to a server, if it has one.
    default void send() throws IOException, StoreException, InterruptedException {}

    /// Reads a file; nothing of it is in the contender's own memory before.
    double readFile(String name) throws IOException, StoreException, InterruptedException;

    /// Reads every file of a folder in the same way.
    double readFolder(String name) throws IOException, StoreException, InterruptedException;

    /// Reads pieces of a file.
    ///
    /// @return what each took, fewer than asked for if the time was up; none if it has no such way
    default double[] readAtRandom(String name, RandomReads reads)
            throws IOException, StoreException, InterruptedException {
        return new double[0];
    }

    /// Whether opening it, or listing what it has, can be timed.
    default boolean opens() {
        return false;
    }

    /// Opens it anew with its key at hand. @return empty if it has no such way
    default Optional<Opening> openWithKey() throws IOException, StoreException, InterruptedException {
        return Optional.empty();
    }

    /// Opens it anew with the password, until what is in the topmost folder is listed.
    default OptionalDouble unlock() throws IOException, StoreException, InterruptedException {
        return OptionalDouble.empty();
    }

    /// Opens it anew, which is not timed, and lists a folder with the size of each entry.
    default OptionalDouble listFolder(String path) throws IOException, StoreException, InterruptedException {
        return OptionalDouble.empty();
    }

    /// The same for a folder with everything below it.
    default OptionalDouble listAll(String path) throws IOException, StoreException, InterruptedException {
        return OptionalDouble.empty();
    }

    /// Where it keeps everything.
    Path store();

    /// Lets go of it.
    void close() throws IOException, InterruptedException;
}
