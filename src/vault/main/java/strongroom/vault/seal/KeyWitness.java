package strongroom.vault.seal;

import strongroom.protocol.Digest;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;

/// Shows somebody else that keys of {@link MachineKeys} are in this machine: the machine speaks for itself, by keys of
/// its own that its maker may have certified. Implementations are safe for several threads.
public interface KeyWitness {
    /// The keys that stand for the machine. They are made anew each time, equal until the machine is cleared.
    ///
    /// @param purpose tells the attestation key from those for others, so that two who compare theirs see two
    ///     machines; the endorsement key is always the same
    TpmIdentity identity(Digest purpose) throws SealException;

    /// Answers a challenge to that identity.
    ///
    /// @param purpose the same as for the identity @param kept of the key that it is about
    /// @throws SealException `FOREIGN` if the credential is not for this machine and that identity
    TpmProof answer(Digest purpose, byte[] kept, TpmChallenge challenge) throws SealException;
}
