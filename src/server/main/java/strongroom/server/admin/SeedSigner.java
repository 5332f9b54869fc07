package strongroom.server.admin;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;

/// An Ed25519 key (RFC 8032) made from its 32-byte seed. Safe for all threads.
public final class SeedSigner implements Signer {
    /// Bytes of a seed.
    public static final int SEED = 32;

    private final PrivateKey key;
    private final VerifyingKey verifyingKey;

    private SeedSigner(PrivateKey key, VerifyingKey verifyingKey) {
        this.key = key;
        this.verifyingKey = verifyingKey;
    }

    /// @param seed 32 bytes, copied; the caller fills them with zeros
    public static SeedSigner of(byte[] seed) {
        if (seed.length != SEED) {
            throw new IllegalArgumentException("the seed of a key has 32 bytes");
        }
        try {
            // The JDK makes no public key from a private one.
            byte[] info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                            new Ed25519PrivateKeyParameters(seed).generatePublicKey())
                    .getEncoded();
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            return new SeedSigner(key, VerifyingKey.of(VerifyingKey.Algorithm.ED25519, info));
        } catch (GeneralSecurityException | IOException | MalformedException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    @Override
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    @Override
    public byte[] sign(byte[] message) throws SigningException {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new SigningException("the key does not sign", e);
        }
    }
}
