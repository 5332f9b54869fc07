package strongroom.vault.seal;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import strongroom.protocol.Id;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.PowerClock;

/// A lessor that signs any lease, sensible or not.
public final class TestLessor implements Signer {
    private static final Instant WHENEVER = Instant.parse("2026-11-22T10:00:00Z");

    private final KeyPair keys;

    /// With a new key.
    public TestLessor() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.keys = generator.generateKeyPair();
    }

    /// A lease from one reading to another.
    public Lease.Granted grant(Id slot, PowerClock from, PowerClock until) throws SigningException {
        return new Lease(slot, from, until, WHENEVER, WHENEVER).grant(this);
    }

    @Override
    public VerifyingKey verifyingKey() {
        try {
            return VerifyingKey.of(keys.getPublic());
        } catch (MalformedException e) {
            throw new IllegalStateException("a key of the JDK is well-formed", e);
        }
    }

    @Override
    public byte[] sign(byte[] message) throws SigningException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new SigningException("a key in memory did not sign", e);
        }
    }
}
