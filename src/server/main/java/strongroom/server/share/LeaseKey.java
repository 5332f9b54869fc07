package strongroom.server.share;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;

/// The key that signs leases: ECDSA P-256 with SHA-256, which every TPM 2.0 can check. Whoever has it can grant
/// leases, but only on a laptop whose TPM holds the share already. Safe for all threads.
public final class LeaseKey implements Signer {
    private final PrivateKey key;
    private final VerifyingKey verifyingKey;

    private LeaseKey(PrivateKey key, VerifyingKey verifyingKey) {
        this.key = key;
        this.verifyingKey = verifyingKey;
    }

    /// @param pkcs8 the private key (RFC 5958)
    /// @throws GeneralSecurityException if it is none on P-256
    public static LeaseKey of(byte[] pkcs8) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("EC");
        if (!(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof ECPrivateKey key)) {
            throw new InvalidKeyException("not a key on a curve");
        }
        // The JDK makes no public key from a private one.
        org.bouncycastle.math.ec.ECPoint point = new FixedPointCombMultiplier()
                .multiply(CustomNamedCurves.getByName("secp256r1").getG(), key.getS())
                .normalize();
        ECPoint affine = new ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
        try {
            return new LeaseKey(
                    key, VerifyingKey.of(factory.generatePublic(new ECPublicKeySpec(affine, key.getParams()))));
        } catch (MalformedException e) {
            throw new InvalidKeyException("not a key on P-256", e);
        }
    }

    @Override
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    @Override
    public byte[] sign(byte[] message) throws SigningException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new SigningException("the lease key does not sign", e);
        }
    }
}
