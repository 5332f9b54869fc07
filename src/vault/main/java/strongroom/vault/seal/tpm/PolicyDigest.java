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

    /// PolicyAuthorize forgets what came before: the lessor answers for that.
    PolicyDigest authorised(byte[] keyName, byte[] policyRef) {
        return new PolicyDigest(TpmKdf.sha256(start().then(TpmCommand.POLICY_AUTHORIZE, keyName).digest, policyRef));
    }

    byte[] toByteArray() {
        return digest.clone();
    }

    private PolicyDigest then(int command, byte[] argument) {
        return new PolicyDigest(
                TpmKdf.sha256(digest, new TpmWriter().uint32(command).toByteArray(), argument));
    }
}
