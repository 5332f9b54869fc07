package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.SecureRandom;
import strongroom.protocol.Digest;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;

/// A TPM object that holds nothing of worth and checks a PIN: a policy that names it wants its authorisation
/// shown at that very point (TPM2_PolicySecret, Part 3 §23.4), and wrong ones count. PolicyAuthValue does not
/// do: it is looked at when the session is used, and what the session saw before that may be old by then.
///
/// @param object whose authorisation it is
record PinObject(KeyedHash object) {
    /// Opens by its authorisation; noDA clear.
    private static final int ATTRIBUTES = KeyedHash.FIXED | KeyedHash.USER_WITH_AUTH;

    private static final int SIZE = 32;

    static PinObject create(
            Tpm tpm, StorageRootKey root, HmacSession session, SecretBytes authValue, SecureRandom random)
            throws IOException, TpmRefusal, InterposedException {
        // Data there must be.
        try (SecretBytes nothing = SecretBytes.random(SIZE, random)) {
            return new PinObject(KeyedHash.create(tpm, root, session, nothing, authValue, ATTRIBUTES, new byte[0]));
        }
    }

    /// Whether it is one that {@link #create} makes.
    boolean isMade() {
        return object.isMade(ATTRIBUTES, new byte[0]);
    }

    /// Its name in leases.
    Digest digest() {
        return Digest.sha256(object.publicArea());
    }

    /// Shows its authorisation to the TPM, for a policy.
    ///
    /// @param handle of the loaded object @param session of kind HMAC @param policy of kind POLICY
    void show(Tpm tpm, int handle, HmacSession session, SecretBytes authValue, HmacSession policy)
            throws IOException, TpmRefusal, InterposedException, SealException {
        TpmCommand show = new TpmCommand(TpmCommand.POLICY_SECRET)
                .handle(handle, object.name())
                .handle(policy.handle());
        // For no nonce, no command, no reference and no time in particular: the session is ours alone.
        show.parameters().uint16(0).uint16(0).uint16(0).uint32(0);
        try {
            tpm.run(show, session.plain(authValue));
        } catch (TpmRefusal e) {
            throw AuthValue.refused(tpm, e);
        }
    }
}
