package strongroom.protocol;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import strongroom.protocol.codec.MalformedException;

/// Real keys of the JDK, made for one test.
public final class Keys implements Signer {
    private final VerifyingKey verifyingKey;
    private final PrivateKey privateKey;

    private Keys(KeyPair pair) throws MalformedException {
        this.verifyingKey = VerifyingKey.of(pair.getPublic());
        this.privateKey = pair.getPrivate();
    }

    public static Keys make() throws GeneralSecurityException, MalformedException {
        return new Keys(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    public static Keys onP256() throws GeneralSecurityException, MalformedException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return new Keys(generator.generateKeyPair());
    }

    @Override
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    @Override
    public byte[] sign(byte[] message) throws SigningException {
        try {
            Signature signature = Signature.getInstance(
                    verifyingKey.algorithm() == VerifyingKey.Algorithm.ED25519 ? "Ed25519" : "SHA256withECDSA");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new SigningException("the JDK signs", e);
        }
    }
}
