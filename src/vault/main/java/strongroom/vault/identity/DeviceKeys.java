package strongroom.vault.identity;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.vault.seal.SealKind;

/// The public side of the device's keys, for the enrolment request. The array belongs to the record.
///
/// @param signingRequest PKCS#10 (RFC 2986) of the TLS key, DER; the same bytes each time it is asked for
/// @param statementKey checks the device's receipts @param sealedBy what the private keys are sealed with
/// @param earlierRequest the request that was sent with these keys before and had no answer; null if there is
/// none. Sending the very same bytes again is safe, another request would find the code used
public record DeviceKeys(
        byte[] signingRequest,
        VerifyingKey statementKey,
        SealKind sealedBy,
        @Nullable Signed earlierRequest) {
    /// How strongly the keys are sealed, in the word of an enrolment request.
    public String assurance() {
        return switch (sealedBy) {
            case TPM -> "hardware";
            case KEYSTORE, SECURE_ENCLAVE -> "keystore";
            case PASSPHRASE -> "passphrase";
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceKeys that
                && Arrays.equals(signingRequest, that.signingRequest)
                && statementKey.equals(that.statementKey);
    }

    @Override
    public int hashCode() {
        return statementKey.hashCode();
    }

    @Override
    public String toString() {
        return "DeviceKeys[" + statementKey + " by " + sealedBy + "]";
    }
}
