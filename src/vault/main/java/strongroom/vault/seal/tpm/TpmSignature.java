package strongroom.vault.seal.tpm;

import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import org.jspecify.annotations.Nullable;
import strongroom.vault.seal.SealException;

/// ECDSA by a key in the TPM: the digest is computed here, the TPM signs it. Verifies nothing; that needs no TPM.
final class TpmSignature extends SignatureSpi {
    private final MessageDigest digest;
    private @Nullable TpmPrivateKey key;

    TpmSignature() throws NoSuchAlgorithmException {
        this.digest = MessageDigest.getInstance("SHA-256");
    }

    @Override
    protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
        if (!(privateKey instanceof TpmPrivateKey ours)) {
            throw new InvalidKeyException("not a key in the TPM");
        }
        digest.reset();
        key = ours;
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
        throw new InvalidKeyException("the TPM is not asked to verify");
    }

    @Override
    protected void engineUpdate(byte next) {
        digest.update(next);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        TpmPrivateKey by = key;
        if (by == null) {
            throw new SignatureException("no key to sign with");
        }
        try {
            return by.sign(digest.digest());
        } catch (SealException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        throw new SignatureException("the TPM is not asked to verify");
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String parameter, Object value) {
        throw new InvalidParameterException("there is nothing to set");
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String parameter) {
        throw new InvalidParameterException("there is nothing to get");
    }
}
