package strongroom.bench;

import java.io.IOException;
import java.nio.file.Path;
import strongroom.vault.store.StoreException;

/// Something that keeps documents. What came in is durable when the call returns; reading reads to the end.
interface Contender {
    /// In tables and in the keys of ratios.
    String name();

    /// Whether it keeps single files only.
    default boolean filesOnly() {
        return false;
    }

    /// Whether what a file was before stays, so that the store grows by what is new in it.
    default boolean keepsVersions() {
        return false;
    }

    /// Takes a file in, in place of what it has under that name.
    void importFile(Path file, String name) throws IOException, StoreException, InterruptedException;

    /// Takes a folder in.
    void importFolder(Path source, String name) throws IOException, StoreException, InterruptedException;

    /// Reads a file.
    void readFile(String name) throws IOException, StoreException, InterruptedException;

    /// Reads every file of a folder.
    void readFolder(String name) throws IOException, StoreException, InterruptedException;

    /// Where it keeps everything.
    Path store();

    /// Lets go of it.
    void close() throws IOException, InterruptedException;
}
