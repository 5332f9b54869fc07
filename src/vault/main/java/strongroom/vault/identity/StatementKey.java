package strongroom.vault.identity;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.vault.seal.SealException;

/// Signs what this device states. The key is opened for each signature and not kept. Safe for several threads.
///
/// @param sealed the key @param sealers open it
record StatementKey(SealedKey sealed, SealerSource sealers, SecureRandom random) implements Signer {
    @Override
    public VerifyingKey verifyingKey() {
        return sealed.key();
    }

    @Override
    public byte[] sign(byte[] message) throws SigningException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(sealed.open(sealers.of(sealed.kind())), random);
            signature.update(message);
            return signature.sign();
        } catch (SealException | GeneralSecurityException e) {
            throw new SigningException("The statement key of this device does not open.", e);
        }
    }
}
