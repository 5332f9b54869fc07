package strongroom.vault.crypto;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;

/// An Ed25519 key (RFC 8032) of a person, an administrator or an enrolment code. Its secret is the seed of 32
/// bytes, held off the heap. Safe for several threads; closed by whoever made it.
public final class SigningKey implements Signer, AutoCloseable {
    /// Size of a seed, in bytes.
    public static final int SEED = 32;

    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final SecretBytes seed;
    private final VerifyingKey verifyingKey;

    private SigningKey(SecretBytes seed) {
        this.seed = seed;
        this.verifyingKey = verifyingKeyOf(seed);
    }

    /// A new key.
    public static SigningKey generate(RandomGenerator random) {
        return new SigningKey(SecretBytes.random(SEED, random));
    }

    /// @param seed {@link #SEED} bytes, copied
    public static SigningKey fromSeed(SecretBytes seed) {
        if (seed.size() != SEED) {
            throw new IllegalArgumentException("a seed has 32 bytes");
        }
        return new SigningKey(seed.copy());
    }

    /// A copy of the seed, closed by the caller.
    public SecretBytes toSecret() {
        return seed.copy();
    }

    @Override
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        return seed.<byte[], RuntimeException>use(bytes -> {
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, new Ed25519PrivateKeyParameters(bytes));
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        });
    }

    @Override
    public void close() {
        seed.close();
    }

    @Override
    public String toString() {
        return "SigningKey[" + verifyingKey.fingerprint() + "]";
    }

    private static VerifyingKey verifyingKeyOf(SecretBytes seed) {
        byte[] point = seed.<byte[], RuntimeException>use(bytes ->
                new Ed25519PrivateKeyParameters(bytes).generatePublicKey().getEncoded());
        byte[] info = new byte[SPKI.length + point.length];
        System.arraycopy(SPKI, 0, info, 0, SPKI.length);
        System.arraycopy(point, 0, info, SPKI.length, point.length);
        try {
            return VerifyingKey.of(VerifyingKey.Algorithm.ED25519, info);
        } catch (MalformedException e) {
            throw new IllegalStateException("Bouncy Castle and the JDK disagree about Ed25519", e);
        }
    }
}
