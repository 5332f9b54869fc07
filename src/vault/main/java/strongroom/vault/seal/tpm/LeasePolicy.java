package strongroom.vault.seal.tpm;

import java.io.IOException;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.share.Lease;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// What opens a leased object: whatever the lessor approved for this slot (TPM2_PolicyAuthorize, Part 3
/// §23.16), and the authorisation (TPM2_PolicyAuthValue). What it approves are comparisons with the TPM's
/// clock.
final class LeasePolicy {
    private final LessorKey lessor;
    private final byte[] policyRef;

    LeasePolicy(VerifyingKey lessor, Id slot) {
        this.lessor = new LessorKey(lessor);
        this.policyRef = slot.toByteArray();
    }

    byte[] digest() {
        return PolicyDigest.start()
                .authorised(lessor.name(), policyRef)
                .authValue()
                .toByteArray();
    }

    /// Fulfils it in a session of kind POLICY; the authorisation is shown when the session is used.
    ///
    /// @param lease which the lessor approved @param approval of this lease, in DER, known to be well-formed
    void fulfil(Tpm tpm, HmacSession session, Lease lease, byte[] approval)
            throws IOException, TpmRefusal, SealException {
        byte[] proof = lessor.verify(tpm, TpmKdf.sha256(lease.approved()), approval);
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
