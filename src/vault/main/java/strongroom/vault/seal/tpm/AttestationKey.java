package strongroom.vault.seal.tpm;

import java.io.IOException;
import strongroom.protocol.attest.KeyCertification;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;

/// A key that signs what the TPM itself says and nothing that looks like it: restricted, made for one statement and
/// not kept. That it is in a real TPM is for the maker's certificate to say, which is not asked for here.
///
/// @param object its areas @param handle of the loaded object
record AttestationKey(SigningObject object, int handle) {
    // fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, noDA, restricted, sign
    private static final int ATTRIBUTES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 10 | 1 << 16 | 1 << 18;

    static AttestationKey make(Tpm tpm, StorageRootKey root, HmacSession session)
            throws IOException, TpmRefusal, InterposedException, SealException {
        SigningObject object = SigningObject.create(tpm, root, session, ATTRIBUTES, new byte[0]);
        return new AttestationKey(object, object.load(tpm, root, root.name()));
    }

    /// Has the TPM certify a loaded key (Part 3 §18.2).
    ///
    /// @param nonce up to 64 bytes, which the statement answers to
    KeyCertification certify(Tpm tpm, HmacSession session, SigningObject certified, int certifiedHandle, byte[] nonce)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand certify = new TpmCommand(TpmCommand.CERTIFY)
                .handle(certifiedHandle, certified.name())
                .handle(handle, object.name());
        certify.parameters().sized(nonce);
        SigningObject.scheme(certify.parameters());
        try (SecretBytes nothing = SecretBytes.ofAndZero(new byte[0])) {
            TpmReader said = tpm.run(certify, Authorisation.EMPTY_PASSWORD.and(session.plain(nothing)))
                    .parameters();
            byte[] statement = said.sized();
            return new KeyCertification(
                    object.publicArea(), certified.publicArea(), statement, SigningObject.signature(said));
        }
    }
}
