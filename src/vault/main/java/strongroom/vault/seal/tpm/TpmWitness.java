package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.SecureRandom;
import strongroom.protocol.Digest;
import strongroom.protocol.attest.KeyCertification;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmCredential;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.vault.seal.KeyWitness;
import strongroom.vault.seal.SealException;

/// A TPM that shows which keys are in it, and that it is the one with its endorsement key. One operation is one
/// connection, and takes its turn. A TPM has room for three objects, so what is done with goes at once.
final class TpmWitness implements KeyWitness {
    private final TpmTurn turn;
    private final SecureRandom random;

    TpmWitness(TpmTurn turn, SecureRandom random) {
        this.turn = turn;
        this.random = random;
    }

    @Override
    public TpmIdentity identity(Digest purpose) throws SealException {
        return turn.take(tpm -> {
            EndorsementObject endorsement = EndorsementObject.in(tpm);
            return new TpmIdentity(
                    endorsement.publicArea(),
                    endorsement.certificate(),
                    AttestationKey.in(tpm, purpose).publicArea());
        });
    }

    @Override
    public TpmProof answer(Digest purpose, byte[] kept, TpmChallenge challenge) throws SealException {
        SigningBlob blob = SigningBlob.read(kept);
        return turn.take(tpm -> {
            StorageRootKey root = StorageRootKey.in(tpm);
            int object = blob.object().load(tpm, root, blob.rootName());
            try (HmacSession session = HmacSession.start(tpm, root, HmacSession.Kind.HMAC, random);
                    HmacSession policy = HmacSession.start(tpm, root, HmacSession.Kind.POLICY, random)) {
                tpm.flush(root.handle());
                AttestationKey attestation = AttestationKey.in(tpm, purpose);
                KeyCertification certification =
                        attestation.certify(tpm, session, blob.object(), object, challenge.nonce());
                tpm.flush(object);
                return new TpmProof(activated(tpm, attestation, challenge, policy), certification);
            }
        });
    }

    private static byte[] activated(Tpm tpm, AttestationKey attestation, TpmChallenge challenge, HmacSession policy)
            throws IOException, TpmRefusal, InterposedException, SealException {
        TpmCredential credential = challenge.credential();
        return credential == null
                ? new byte[0]
                : EndorsementObject.in(tpm).activate(tpm, attestation, credential, policy);
    }
}
