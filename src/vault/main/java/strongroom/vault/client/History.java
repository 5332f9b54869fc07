package strongroom.vault.client;

import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import strongroom.protocol.Id;

/// What documents of an unlocked vault were before, and what was removed: how to look at it, bring it back, or destroy
/// it for good. Calls behave as those of {@link Library}.
public interface History {
    /// Earlier versions of a document, the newest first.
    List<EarlierVersion> versions(Id document) throws ClientException;

    /// The content of an earlier version; fetched if it is not on this device. @return closed by the caller
    InputStream open(Id document, Id revision) throws ClientException;

    /// The same, to be read wherever one likes; as {@link Library#channel}.
    SeekableByteChannel channel(Id document, Id revision) throws ClientException;

    /// Makes an earlier version the present one. What is there now becomes an earlier one: nothing is lost.
    void restoreVersion(Id document, Id revision) throws ClientException;

    /// Destroys an earlier version for good.
    void purgeVersion(Id document, Id revision) throws ClientException;

    /// What is in the trash, the newest first; a folder and what was removed with it are one thing.
    List<TrashedEntry> trash() throws ClientException;

    /// Brings something back to where it was; a name that is taken there gets a number.
    void restore(Id entry) throws ClientException;

    /// Destroys something in the trash for good: its keys at once, then its bytes.
    void purge(Id entry) throws ClientException;

    /// Destroys everything in the trash.
    void emptyTrash() throws ClientException;
}
