package strongroom.vault.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.vault.seal.SealException;

/// Signs what this device states. The key is opened for each signature and not kept. Safe for several threads.
///
/// @param device the key @param sealers open it
record StatementKey(DeviceKey device, SealerSource sealers, SecureRandom random) implements Signer {
    @Override
    public VerifyingKey verifyingKey() {
        return device.key();
    }

    @Override
    public byte[] sign(byte[] message) throws SigningException {
        try {
            // Opened first: a key in the TPM brings its provider, and an instance knows only those that were there
            // before it.
            PrivateKey key = device.open(sealers);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key, random);
            signature.update(message);
            return signature.sign();
        } catch (SealException | GeneralSecurityException e) {
            throw new SigningException("The statement key of this device does not open.", e);
        }
    }
}
