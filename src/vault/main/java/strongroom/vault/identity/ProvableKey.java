package strongroom.vault.identity;

import java.nio.charset.StandardCharsets;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.vault.seal.KeyWitness;
import strongroom.vault.seal.SealException;

/// This device's TLS key in a machine that can show that it has it. Safe for several threads.
public final class ProvableKey {
    private static final byte[] PURPOSE = "strongroom attestation key v1\0".getBytes(StandardCharsets.US_ASCII);

    private final KeyWitness witness;
    private final Digest purpose;
    private final byte[] kept;

    /// @param device it stands for: each has an attestation key of its own @param kept of the key
    ProvableKey(KeyWitness witness, Id device, byte[] kept) {
        this.witness = witness;
        this.purpose = Digest.sha256(PURPOSE, device.toByteArray());
        this.kept = kept;
    }

    /// The machine, by the keys that stand for it.
    public TpmIdentity identity() throws SealException {
        return witness.identity(purpose);
    }

    /// Its answer. @throws SealException `FOREIGN` if the challenge is to another machine
    public TpmProof answer(TpmChallenge challenge) throws SealException {
        return witness.answer(purpose, kept, challenge);
    }
}
