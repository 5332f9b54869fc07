package strongroom.vault.client;

import strongroom.protocol.Id;

/// Which documents of an unlocked vault are on this device, and which are online-only: listed, and fetched when they
/// are opened. Calls behave as those of {@link Library}.
public interface Availability {
    /// An entry, with everything that is or comes into it, stays on this device, or need not any more.
    void keep(Id entry, boolean stays) throws ClientException;

    /// Whether an entry, or a folder that it is in, stays on this device.
    boolean isKept(Id entry) throws ClientException;

    /// Fetches what of a document, or of all in a folder, is not here, and waits for it. A thread that is interrupted
    /// stops with {@link Problem#CANCELLED}; what has come stays.
    ///
    /// @param progress counts parts of documents and their bytes
    void fetch(Id entry, Progress progress) throws ClientException;

    /// Makes a document, or all in a folder, online-only. What is kept on purpose, or was not sent yet, stays.
    ///
    /// @return how many bytes of the disk that frees
    long evict(Id entry) throws ClientException;

    /// Makes online-only what was not opened for so many days. @return see {@link #evict}
    long evictUnused(int days) throws ClientException;
}
