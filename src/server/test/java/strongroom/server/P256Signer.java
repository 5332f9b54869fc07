package strongroom.server;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;

/// A P-256 key in memory, where a device has one in hardware.
record P256Signer(KeyPair pair) implements Signer {
    @Override
    public VerifyingKey verifyingKey() {
        try {
            return VerifyingKey.of(pair.getPublic());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public byte[] sign(byte[] message) throws SigningException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new SigningException("test key", e);
        }
    }
}
