package strongroom.vault.store.search;

import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.vault.store.StoreException;

/// What can be found: the catalogue as the search sees it. Called from several threads.
public interface Corpus {
    /// A document or a folder as it is now.
    ///
    /// @param id stable over renames and moves
    /// @param revision names the content; null for a folder
    /// @param local whether the content is on this device
    record Entry(Id id, @Nullable Id revision, String name, boolean local) {}

    /// Everything that is there.
    List<Entry> entries() throws StoreException;

    /// The content of a document. @return closed by the caller
    InputStream open(Id document) throws StoreException;
}
