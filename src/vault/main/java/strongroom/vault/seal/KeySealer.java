package strongroom.vault.seal;

import java.util.Optional;
import strongroom.vault.crypto.SecretBytes;

/// Binds a secret to this machine and to an authorisation that the machine checks (and counts) itself. What comes
/// out of `seal` may lie on any disk. Implementations are safe for several threads; a hardware that serves one
/// at a time is waited for in turn. No implementation falls back to a weaker one.
public interface KeySealer {
    /// The longest secret, in bytes.
    int MAX_SECRET = 128;

    /// Which sealer this is; stored with what it sealed, so that the same one is asked to open it.
    SealKind kind();

    /// Whether the part behind it answers and is ready, without using up a try.
    ///
    /// @throws SealException saying what is missing: absent, locked, not permitted
    void check() throws SealException;

    /// The same machine's signing keys; empty if a key that it keeps would have to leave it to sign.
    default Optional<MachineKeys> keys() {
        return Optional.empty();
    }

    /// What shows somebody else that those keys are in the machine; empty if it has nothing that speaks for it.
    default Optional<KeyWitness> witness() {
        return Optional.empty();
    }

    /// The same machine's counters; empty if it has none that nobody sets back.
    default Optional<MachineCounters> counters() {
        return Optional.empty();
    }

    /// Seals.
    ///
    /// @param secret 1 to {@link #MAX_SECRET} bytes, borrowed
    /// @param authorisation what must be shown to open it again, up to 32 bytes derived from the PIN; of size 0
    ///     for a secret that the machine alone opens (the device's own keys); borrowed
    /// @return opaque bytes, at most 4 KiB
    byte[] seal(SecretBytes secret, SecretBytes authorisation) throws SealException;

    /// The same sealer, which binds what it seals to what the machine's registers have in them at that moment, too: a
    /// machine that is started in another way refuses (`OTHER_START`) before the authorisation is shown to it. It
    /// opens whatever the other one does, and seals nothing without an authorisation.
    ///
    /// @return empty if nothing here measures how the machine is started
    default Optional<KeySealer> boundTo(PcrSelection registers) {
        return Optional.empty();
    }

    /// To which registers sealed bytes are bound, without asking the machine; to none if that cannot be read.
    default PcrSelection binding(byte[] sealed) {
        return PcrSelection.NONE;
    }

    /// Opens.
    ///
    /// @return the secret, closed by the caller
    /// @throws SealException with `WRONG_AUTHORISATION` if the machine refused the authorisation and counted it
    SecretBytes unseal(byte[] sealed, SecretBytes authorisation) throws SealException;

    /// Makes `sealed` unopenable as far as this sealer can (erases the key it keeps for it), whatever copies of
    /// the bytes exist. Does nothing if that has happened already.
    void destroy(byte[] sealed) throws SealException;

    /// How many wrong authorisations are left before the machine pauses; -1 if it does not count.
    int triesLeft() throws SealException;

    /// The same machine's leases; empty if nothing in it has a clock that nobody can set back.
    default Optional<LeaseSealer> leases() {
        return Optional.empty();
    }
}
