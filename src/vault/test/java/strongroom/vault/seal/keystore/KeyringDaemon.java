package strongroom.vault.seal.keystore;

/// A keyring of the person's session, with what other programs and the person do to it.
interface KeyringDaemon extends AutoCloseable {
    /// Locks the place that holds everything, as the person or a screen saver does.
    void lock() throws Exception;

    /// Unlocks it, as signing in does.
    void unlock() throws Exception;

    /// Ends the daemon; the bus stays.
    void end() throws Exception;

    /// Ends it in the middle of whatever it does.
    void kill() throws Exception;

    /// Starts it again, unlocked.
    void restart() throws Exception;

    /// Puts something else in the place of a key, as another program. @param key 32 bytes are a key, others
    /// none
    void replace(String item, byte[] key) throws Exception;

    /// Deletes a key, as another program.
    void delete(String item) throws Exception;

    @Override
    void close();
}
