package strongroom.vault.seal;

import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.PowerClock;
import strongroom.vault.crypto.SecretBytes;

/// Binds a secret to this machine, to an authorisation that the machine counts, and to a lease: the machine
/// itself compares what its clock and its counters show with what the lessor signed. The sealed bytes stay the
/// same while leases come and go, and whoever renews a lease opens nothing. Implementations are safe for
/// several threads.
///
/// The times in a lease are for the wall clock and no machine's business; whoever unseals looks at them.
public interface LeaseSealer {
    /// What the machine's clock shows now, for a lessor to count from.
    PowerClock clock() throws SealException;

    /// Seals.
    ///
    /// @param secret 1 to {@link KeySealer#MAX_SECRET} bytes, borrowed
    /// @param authorisation 1 to 32 bytes that must be shown to open it again, borrowed
    /// @param lessor whose leases open it, on P-256
    /// @param slot whose leases open it
    /// @return opaque bytes, at most 4 KiB
    byte[] seal(SecretBytes secret, SecretBytes authorisation, VerifyingKey lessor, Id slot) throws SealException;

    /// Opens.
    ///
    /// @return the secret, closed by the caller
    /// @throws SealException with `LEASE_INVALID`, before the machine is asked, if the lease is not this
    ///     lessor's for this slot; `LEASE_OVER` if the machine shows something else than the lease allows;
    ///     `WRONG_AUTHORISATION` if the machine refused the authorisation and counted it
    SecretBytes unseal(byte[] sealed, SecretBytes authorisation, Lease.Granted lease) throws SealException;
}
