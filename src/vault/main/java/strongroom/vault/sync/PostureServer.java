package strongroom.vault.sync;

import strongroom.protocol.Signed;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.protocol.posture.KeyProof;

/// Where a device says how it stands, and shows what it can of that.
public interface PostureServer {
    /// Leaves a {@link strongroom.protocol.posture.PostureReport}.
    ///
    /// @return what the server has seen of the device's keys
    KeyProof report(Signed report) throws SyncException;

    /// Asks for a question to this TPM; an earlier question is answered no more.
    TpmChallenge challenge(TpmIdentity tpm) throws SyncException;

    /// Answers the question. Not to be repeated: a question takes one answer.
    KeyProof prove(TpmProof proof) throws SyncException;
}
