package strongroom.vault.seal.tpm;

/// The digest of a policy as the TPM computes it (Part 3 §23.2.3), step by step from the zero digest.
final class PolicyDigest {
    private static final int SIZE = 32;

    private final byte[] digest;

    private PolicyDigest(byte[] digest) {
        this.digest = digest;
    }

    static PolicyDigest start() {
        return new PolicyDigest(new byte[SIZE]);
    }

    PolicyDigest authValue() {
        return then(TpmCommand.POLICY_AUTH_VALUE, new byte[0]);
    }

    /// PolicyPCR (Part 3 §23.7). @param selection TPML_PCR_SELECTION @param values digest of what is in the registers
    PolicyDigest registers(byte[] selection, byte[] values) {
        return then(
                TpmCommand.POLICY_PCR,
                new TpmWriter().fixed(selection).fixed(values).toByteArray());
    }

    /// PolicyAuthorize forgets what came before: the lessor answers for that.
    PolicyDigest authorised(byte[] keyName, byte[] policyRef) {
        return new PolicyDigest(TpmKdf.sha256(start().then(TpmCommand.POLICY_AUTHORIZE, keyName).digest, policyRef));
    }

    /// PolicySecret on something, with no reference (Part 3 §23.4).
    PolicyDigest secret(byte[] name) {
        return new PolicyDigest(TpmKdf.sha256(then(TpmCommand.POLICY_SECRET, name).digest));
    }

    byte[] toByteArray() {
        return digest.clone();
    }

    private PolicyDigest then(int command, byte[] argument) {
        return new PolicyDigest(
                TpmKdf.sha256(digest, new TpmWriter().uint32(command).toByteArray(), argument));
    }
}
