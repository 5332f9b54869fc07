package strongroom.vault.seal.tpm;

import java.io.IOException;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.share.Lease;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// What opens a leased object: whatever the lessor approved for this slot and this PIN (TPM2_PolicyAuthorize,
/// Part 3 §23.16), and the authorisation (TPM2_PolicyAuthValue). What it approves is that the PIN was shown and
/// then the TPM's clock compared. The authorisation is wanted once more, so that a lessor who approves anything
/// opens nothing.
final class LeasePolicy {
    private final LessorKey lessor;
    private final byte[] policyRef;

    LeasePolicy(VerifyingKey lessor, Id slot, Digest pinObject) {
        this.lessor = new LessorKey(lessor);
        this.policyRef = Lease.policyRef(slot, pinObject);
    }

    byte[] digest() {
        return PolicyDigest.start()
                .authorised(lessor.name(), policyRef)
                .authValue()
                .toByteArray();
    }

    /// Has the TPM verify that the lessor approved a lease.
    ///
    /// @param approval in DER, known to be well-formed
    /// @return the TPM's own proof
    byte[] approved(Tpm tpm, Lease lease, byte[] approval) throws IOException, TpmRefusal {
        return lessor.verify(tpm, TpmKdf.sha256(lease.approved()), approval);
    }

    /// Fulfils it in a session of kind POLICY that was shown the PIN; the authorisation is shown once more when
    /// the session is used.
    ///
    /// @param proof that the lessor approved this lease
    void fulfil(Tpm tpm, HmacSession session, Lease lease, byte[] proof) throws IOException, TpmRefusal, SealException {
        for (Lease.Comparison comparison : lease.comparisons()) {
            compare(tpm, session, comparison);
        }
        authorize(tpm, session, lease, proof);
        tpm.run(new TpmCommand(TpmCommand.POLICY_AUTH_VALUE).handle(session.handle()));
    }

    /// @param proof by the TPM that the lessor approved what the session has by now
    void authorize(Tpm tpm, HmacSession session, Lease lease, byte[] proof) throws IOException, TpmRefusal {
        TpmCommand authorize = new TpmCommand(TpmCommand.POLICY_AUTHORIZE).handle(session.handle());
        authorize
                .parameters()
                .sized(lease.policyDigest())
                .sized(policyRef)
                .sized(lessor.name())
                .fixed(proof);
        tpm.run(authorize);
    }

    /// Compares now; the session does not forget it.
    static void compare(Tpm tpm, HmacSession session, Lease.Comparison comparison)
            throws IOException, TpmRefusal, SealException {
        TpmCommand compare = new TpmCommand(TpmCommand.POLICY_COUNTER_TIMER).handle(session.handle());
        compare.parameters()
                .sized(comparison.operand())
                .uint16(comparison.offset())
                .uint16(comparison.operation());
        try {
            tpm.run(compare);
        } catch (TpmRefusal e) {
            if (e.reason() == TpmRefusal.Reason.POLICY) {
                throw new SealException(
                        Why.LEASE_OVER, "The time without the server is over. Connect this device and try again.", e);
            }
            throw e;
        }
    }
}
