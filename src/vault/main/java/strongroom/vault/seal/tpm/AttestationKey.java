package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.util.Arrays;
import strongroom.protocol.Digest;
import strongroom.protocol.attest.KeyCertification;
import strongroom.vault.crypto.SecretBytes;

/// A key that signs what the TPM itself says and nothing that looks like it. The TPM makes it from its owner seed and
/// a purpose, equal each time until it is cleared, so that nothing of it has to be kept. Whether the TPM is one is for
/// the endorsement key to show.
///
/// @param handle of the loaded object @param publicArea TPMT_PUBLIC; not copied
record AttestationKey(int handle, byte[] publicArea) {
    // fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, noDA, restricted, sign
    private static final int ATTRIBUTES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 10 | 1 << 16 | 1 << 18;
    private static final int COORDINATE = 32;

    static AttestationKey in(Tpm tpm, Digest purpose) throws IOException, TpmRefusal, InterposedException {
        byte[] fixed = SigningObject.common(ATTRIBUTES, new byte[0]);
        // What stands in the place of the point goes into the derivation (TPM2_CreatePrimary, Part 3 §24.1).
        byte[] template = new TpmWriter()
                .fixed(fixed)
                .sized(purpose.toByteArray())
                .sized(new byte[COORDINATE])
                .toByteArray();
        TpmCommand create = new TpmCommand(TpmCommand.CREATE_PRIMARY).handle(TpmCommand.OWNER);
        // No authorisation and no data of our own, the template, no outside information, no PCRs.
        create.parameters().uint16(4).uint32(0).sized(template).uint16(0).uint32(0);
        Tpm.Response made = tpm.run(create, Authorisation.EMPTY_PASSWORD);
        byte[] area = made.parameters().sized();
        if (area.length < fixed.length || !Arrays.equals(Arrays.copyOf(area, fixed.length), fixed)) {
            throw new IOException("the TPM made another kind of attestation key");
        }
        return new AttestationKey(made.handle(), area);
    }

    byte[] name() {
        return StorageRootKey.name(publicArea);
    }

    /// Has the TPM certify a loaded key (Part 3 §18.2).
    ///
    /// @param nonce up to 64 bytes, which the statement answers to
    KeyCertification certify(Tpm tpm, HmacSession session, SigningObject certified, int certifiedHandle, byte[] nonce)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand certify = new TpmCommand(TpmCommand.CERTIFY)
                .handle(certifiedHandle, certified.name())
                .handle(handle, name());
        certify.parameters().sized(nonce);
        SigningObject.scheme(certify.parameters());
        try (SecretBytes nothing = SecretBytes.ofAndZero(new byte[0])) {
            TpmReader said = tpm.run(certify, Authorisation.EMPTY_PASSWORD.and(session.plain(nothing)))
                    .parameters();
            byte[] statement = said.sized();
            return new KeyCertification(publicArea, certified.publicArea(), statement, SigningObject.signature(said));
        }
    }
}
