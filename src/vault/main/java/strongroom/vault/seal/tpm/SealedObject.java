package strongroom.vault.seal.tpm;

import java.io.IOException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;

/// The TPM object that holds the other half. With an authorisation it opens by PolicyAuthValue alone and wrong ones
/// count (noDA clear); without one, by the empty authorisation, which has no wrong ones to count.
final class SealedObject {
    /// PolicyAuthValue, alone. PCRs would come before it; the blob has the place for their selection.
    private static final byte[] POLICY = PolicyDigest.start().authValue().toByteArray();

    private SealedObject() {}

    /// @param half 32 bytes @return the object's areas, in a blob that waits for the secret
    static TpmBlob create(Tpm tpm, StorageRootKey root, HmacSession session, SecretBytes half, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException {
        boolean authorised = authValue.size() > 0;
        int attributes = KeyedHash.FIXED | (authorised ? 0 : KeyedHash.USER_WITH_AUTH | KeyedHash.NO_DA);
        byte[] policy = authorised ? POLICY : new byte[0];
        return TpmBlob.of(root.name(), KeyedHash.create(tpm, root, session, half, authValue, attributes, policy));
    }

    static SecretBytes unseal(Tpm tpm, int handle, TpmBlob blob, HmacSession session, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException, SealException {
        if (blob.wantsPolicy()) {
            tpm.run(new TpmCommand(TpmCommand.POLICY_AUTH_VALUE).handle(session.handle()));
        }
        return blob.object().unseal(tpm, handle, session, authValue);
    }
}
