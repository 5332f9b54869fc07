package strongroom.vault.seal;

import strongroom.vault.crypto.SecretBytes;

/// Counters in the machine that go up one by one and that nobody sets back: one that was erased does not come back
/// at a value that it had before. A counter belongs to whoever knows its authorisation: nobody else reads it, counts
/// it up, or makes one that passes for it. Erasing it needs no authorisation, and is noticed by who reads it next.
/// Implementations are safe for several threads; a hardware that serves one at a time is waited for in turn. What is
/// counted in wears: some chips promise no more than 100,000 steps.
public interface MachineCounters {
    /// The longest that is kept of one, in bytes.
    int MAX_KEPT = 64;

    /// Chooses where a new counter will be, and makes nothing yet: what is kept of it is written down first, so that
    /// {@link #destroy} finds the counter whatever happens after that.
    ///
    /// @return opaque bytes, at most {@link #MAX_KEPT}; not secret
    byte[] plan() throws SealException;

    /// Makes the counter in the place that was chosen.
    ///
    /// @param authorisation 1 to 32 bytes that nobody guesses, borrowed
    /// @return where it begins: above where any counter of this machine stood that was erased
    /// @throws SealException also if something else came into its place meanwhile
    long make(byte[] kept, SecretBytes authorisation) throws SealException;

    /// Where it stands.
    ///
    /// @param authorisation borrowed
    /// @throws SealException `FOREIGN` if it is gone, or something else is in its place
    long read(byte[] kept, SecretBytes authorisation) throws SealException;

    /// Counts up by one. If this fails it may have counted nevertheless.
    ///
    /// @param authorisation borrowed
    /// @return where it stands then
    /// @throws SealException `FOREIGN` if it is gone, or something else is in its place
    long increment(byte[] kept, SecretBytes authorisation) throws SealException;

    /// Erases it. Does nothing if that has happened already, or if something else is in its place.
    void destroy(byte[] kept) throws SealException;
}
