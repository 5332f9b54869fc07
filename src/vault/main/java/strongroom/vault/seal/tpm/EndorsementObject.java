package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.util.Arrays;
import strongroom.protocol.attest.TpmCredential;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The endorsement key, loaded: of the kind that the maker certified, else the one on P-256. A TPM makes it from its
/// endorsement seed, equal for as long as it is this TPM.
///
/// @param handle of the object @param publicArea TPMT_PUBLIC; not copied
/// @param certificate X.509 DER; empty if there is none; not copied
record EndorsementObject(int handle, byte[] publicArea, byte[] certificate) {
    // fixedTPM, fixedParent, sensitiveDataOrigin, adminWithPolicy, restricted, decrypt
    private static final int ATTRIBUTES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 16 | 1 << 17;
    /// Where operating systems keep the RSA one ready, which takes long to make (TCG registry of reserved handles).
    private static final int KEPT_RSA = 0x81010001;

    private static final int COORDINATE = 32;
    private static final int MODULUS = 256;

    static EndorsementObject in(Tpm tpm) throws IOException, TpmRefusal, InterposedException {
        byte[] elliptic = EndorsementCertificate.ELLIPTIC.read(tpm);
        if (elliptic.length > 0) {
            return made(tpm, elliptic(), COORDINATE, COORDINATE).with(elliptic);
        }
        byte[] rsa = EndorsementCertificate.RSA.read(tpm);
        return rsa.length > 0 ? keptOrMade(tpm).with(rsa) : made(tpm, elliptic(), COORDINATE, COORDINATE);
    }

    private EndorsementObject with(byte[] read) {
        return new EndorsementObject(handle, publicArea, EndorsementCertificate.ofKey(publicArea, read));
    }

    private static EndorsementObject keptOrMade(Tpm tpm) throws IOException, TpmRefusal, InterposedException {
        try {
            byte[] area = tpm.run(new TpmCommand(TpmCommand.READ_PUBLIC).handle(KEPT_RSA))
                    .parameters()
                    .sized();
            if (isOf(rsa(), area)) {
                return new EndorsementObject(KEPT_RSA, area, new byte[0]);
            }
        } catch (TpmRefusal e) {
            if (e.reason() != TpmRefusal.Reason.HANDLE) {
                throw e;
            }
        }
        return made(tpm, rsa(), MODULUS);
    }

    private static EndorsementObject made(Tpm tpm, byte[] fixed, int... unique)
            throws IOException, TpmRefusal, InterposedException {
        TpmWriter template = new TpmWriter().fixed(fixed);
        for (int size : unique) {
            template.sized(new byte[size]);
        }
        TpmCommand create = new TpmCommand(TpmCommand.CREATE_PRIMARY).handle(TpmCommand.ENDORSEMENT);
        // No authorisation and no data of our own, the template, no outside information, no PCRs.
        create.parameters()
                .uint16(4)
                .uint32(0)
                .sized(template.toByteArray())
                .uint16(0)
                .uint32(0);
        Tpm.Response made = tpm.run(create, Authorisation.EMPTY_PASSWORD);
        byte[] area = made.parameters().sized();
        if (!isOf(fixed, area)) {
            throw new IOException("the TPM made another kind of endorsement key");
        }
        return new EndorsementObject(made.handle(), area, new byte[0]);
    }

    private static boolean isOf(byte[] fixed, byte[] area) {
        return area.length > fixed.length && Arrays.equals(Arrays.copyOf(area, fixed.length), fixed);
    }

    /// Has the TPM open a credential that is for this key and a loaded attestation key (Part 3 §12.5). What comes
    /// back is encrypted on the bus.
    ///
    /// @param policy a new session of kind POLICY
    byte[] activate(Tpm tpm, AttestationKey attestation, TpmCredential credential, HmacSession policy)
            throws IOException, TpmRefusal, InterposedException, SealException {
        TpmCommand authorise = new TpmCommand(TpmCommand.POLICY_SECRET)
                .handle(TpmCommand.ENDORSEMENT)
                .handle(policy.handle());
        // For no nonce, no command, no reference and no time in particular: the session is ours alone.
        authorise.parameters().uint16(0).uint16(0).uint16(0).uint32(0);
        tpm.run(authorise, Authorisation.EMPTY_PASSWORD);
        TpmCommand activate = new TpmCommand(TpmCommand.ACTIVATE_CREDENTIAL)
                .handle(attestation.handle(), attestation.name())
                .handle(handle, StorageRootKey.name(publicArea));
        activate.parameters().sized(credential.blob()).sized(credential.seed());
        try (SecretBytes nothing = SecretBytes.ofAndZero(new byte[0])) {
            return tpm.run(activate, Authorisation.EMPTY_PASSWORD.and(policy.sealedBack(nothing)))
                    .parameters()
                    .sized();
        } catch (TpmRefusal e) {
            // Another key's, another name's or a changed one: a TPM does not tell which.
            throw new SealException(Why.FOREIGN, "The server's question is not for this TPM.", e);
        }
    }

    /// TCG EK Credential Profile for TPM 2.0, Annex B, template L-2 up to the point.
    private static byte[] elliptic() {
        return common(0x0023)
                .uint16(0x0003) // NIST P-256
                .uint16(0x0010) // no KDF
                .toByteArray();
    }

    /// Template L-1 up to the modulus.
    private static byte[] rsa() {
        return common(0x0001)
                .uint16(8 * MODULUS)
                .uint32(0) // the usual exponent
                .toByteArray();
    }

    private static TpmWriter common(int type) {
        byte[] hierarchy = new TpmWriter().uint32(TpmCommand.ENDORSEMENT).toByteArray();
        return new TpmWriter()
                .uint16(type)
                .uint16(0x000b) // SHA-256
                .uint32(ATTRIBUTES)
                .sized(PolicyDigest.start().secret(hierarchy).toByteArray())
                .uint16(0x0006) // AES
                .uint16(128)
                .uint16(0x0043) // CFB
                .uint16(0x0010); // no scheme
    }
}
