package strongroom.vault.seal.keystore;

import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;

/// A place of the signed-in user for keys of 32 bytes under names.
interface Keystore {
    /// Size of a key, in bytes.
    int KEY = 32;

    /// Whether it answers and is unlocked, as far as it says so without a dialogue. To be asked before anything
    /// else.
    ///
    /// @throws SealException with `ABSENT` or `LOCKED`
    void requireOpen() throws SealException;

    /// Finds out whether keys can be kept now, by keeping one.
    void check() throws SealException;

    /// Keeps a key and reads it back before it says so.
    void write(String item, SecretBytes key) throws SealException;

    /// @return the key, closed by the caller
    /// @throws SealException with `FOREIGN` if the place is open and has no such key; `LOCKED` if it is closed
    SecretBytes read(String item) throws SealException;

    /// Removes a key; one that is not there is removed already.
    void delete(String item) throws SealException;
}
