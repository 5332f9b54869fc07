package strongroom.vault.seal.tpm;

import java.io.IOException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.PcrSelection;
import strongroom.vault.seal.SealException;

/// The TPM object that holds the other half. With an authorisation it opens by {@link PcrPolicy} and wrong ones count
/// (noDA clear); without one, by the empty authorisation, which has no wrong ones to count.
final class SealedObject {
    /// How often somebody may measure something in the moment between looking and opening.
    private static final int PATIENCE = 20;

    private SealedObject() {}

    /// @param half 32 bytes @param registers to bind to, none without an authorisation
    /// @return the object's areas, in a blob that waits for the secret
    static TpmBlob create(
            Tpm tpm,
            StorageRootKey root,
            HmacSession session,
            SecretBytes half,
            SecretBytes authValue,
            PcrSelection registers)
            throws IOException, TpmRefusal, InterposedException, SealException {
        boolean authorised = authValue.size() > 0;
        int attributes = KeyedHash.FIXED | (authorised ? 0 : KeyedHash.USER_WITH_AUTH | KeyedHash.NO_DA);
        byte[] policy = authorised ? PcrPolicy.digest(tpm, registers) : new byte[0];
        KeyedHash object = KeyedHash.create(tpm, root, session, half, authValue, attributes, policy);
        return TpmBlob.of(root.name(), registers, object);
    }

    static SecretBytes unseal(Tpm tpm, int handle, TpmBlob blob, HmacSession session, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException, SealException {
        if (!blob.registers().isEmpty()) {
            return unsealBound(tpm, handle, blob, session, authValue);
        }
        if (blob.wantsPolicy()) {
            tpm.run(new TpmCommand(TpmCommand.POLICY_AUTH_VALUE).handle(session.handle()));
        }
        return blob.object().unseal(tpm, handle, session, authValue);
    }

    /// The TPM looks at a session's policy before it looks at the authorisation, so neither of these refusals counts.
    private static SecretBytes unsealBound(
            Tpm tpm, int handle, TpmBlob blob, HmacSession session, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException, SealException {
        for (int attempt = 0; ; attempt++) {
            PcrPolicy.fulfil(tpm, session, blob.registers(), blob.object().policy());
            try {
                return blob.object().unseal(tpm, handle, session, authValue);
            } catch (TpmRefusal e) {
                if (e.reason() == TpmRefusal.Reason.POLICY_FAIL) {
                    throw PcrPolicy.otherStart();
                }
                if (e.reason() != TpmRefusal.Reason.PCR_CHANGED || attempt == PATIENCE) {
                    throw e;
                }
                // Any register, also one that we do not look at: a running system measures, too (Part 3 §11.2).
                tpm.run(new TpmCommand(TpmCommand.POLICY_RESTART).handle(session.handle()));
            }
        }
    }
}
