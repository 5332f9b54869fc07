package strongroom.vault.client;

import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import strongroom.protocol.Id;

/// The documents of an unlocked vault. All calls may block and may be made from any thread; a thread that is
/// interrupted stops at the next chunk with {@link Problem#CANCELLED} and leaves nothing half done. After the lock
/// every call throws {@link Problem#LOCKED}.
public interface Library {
    /// The topmost folder.
    Entry root() throws ClientException;

    /// What is in a folder, folders first, then by name as a reader sorts.
    List<Entry> list(Id folder) throws ClientException;

    /// One entry. @throws ClientException with {@link Problem#NOT_FOUND}
    Entry entry(Id id) throws ClientException;

    /// @param path names from the root, separated by `/` @throws ClientException with {@link Problem#NOT_FOUND}
    Entry find(String path) throws ClientException;

    /// The path from the root, without the root's own name.
    String path(Id id) throws ClientException;

    /// Makes a folder.
    Entry makeFolder(Id parent, String name) throws ClientException;

    /// Takes files and folders into the vault. What cannot be read is skipped and named in the report; a name that
    /// is taken gets a number. Every document in the report is durable when this returns; on cancel, what was
    /// finished stays.
    ImportReport importFrom(List<Path> sources, Id folder, Progress progress) throws ClientException;

    /// New content for a document, or a new document if the name is free.
    ///
    /// @param content read to its end, not closed @param size about how long it is, in bytes
    Entry save(Id folder, String name, InputStream content, long size) throws ClientException;

    /// The content. Every byte that is read was authenticated. If chunks are not on this device they are fetched.
    ///
    /// @return closed by the caller; after the lock its reads fail with an `IOException` as soon as they need
    ///     another     part of the document than the one that is open
    InputStream open(Id document) throws ClientException;

    /// The content, as {@link #open}, to be read wherever one likes: for a byte of a large document no more than what
    /// is around it is decrypted. One thread at a time.
    SeekableByteChannel channel(Id document) throws ClientException;

    /// Writes a document, or a folder with everything in it, in clear to the user's disk.
    ///
    /// @param directory an existing directory; names that the file system refuses are changed
    /// @return how many documents were written
    int export(Id entry, Path directory, Progress progress) throws ClientException;

    /// Moves, renames, or both.
    Entry move(Id entry, Id newParent, String newName) throws ClientException;

    /// Puts a document, or a folder with everything in it, into the trash; see {@link #history}.
    void remove(Id entry) throws ClientException;

    /// Checks the store. @param readData also reads and authenticates every chunk
    VerifyReport verify(boolean readData, Progress progress) throws ClientException;

    /// Checks everything, reads every chunk, and brings back what can be: from other bytes of the store, else from the
    /// server, which is asked at once if it can be reached. Makes nothing worse.
    RepairReport repair(Progress progress) throws ClientException;

    /// Searches the raw files of the store for what must not be there.
    ///
    /// @param planted texts to look for, as bytes; shorter ones than six bytes are left out
    ResidueReport residue(List<byte[]> planted, Progress progress) throws ClientException;

    /// What documents were before, and what was removed.
    History history();

    /// Which documents are on this device.
    Availability availability();

    /// The search over all of it.
    Search search();

    /// All devices of this person, as the server lists them, each checked against the organisation's root.
    List<DeviceInfo> devices() throws ClientException;

    /// Hands the person's keys to a device that waits. The caller has compared the digits on both screens.
    void approve(Id device) throws ClientException;

    /// Called after the documents changed, on any thread: by this device or by sync.
    Subscription onChange(Runnable listener);
}
