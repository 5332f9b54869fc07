package strongroom.vault.store.chunk;

import java.io.IOException;
import java.io.InputStream;

/// Decides where a document is cut into chunks. One object serves one document and one thread.
public interface ChunkCutter {
    /// Reads the next chunk.
    ///
    /// @param buffer takes it, from its beginning; at least {@link #longest} bytes
    /// @return its length, 0 at the end of the document
    int next(InputStream content, byte[] buffer) throws IOException;

    /// The longest chunk it makes, in bytes.
    int longest();
}
