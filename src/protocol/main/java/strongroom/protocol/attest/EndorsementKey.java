package strongroom.protocol.attest;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import strongroom.protocol.codec.MalformedException;

/// The public half of a TPM's endorsement key, by which its maker knows it: a restricted decryption key that opens
/// credentials and nothing else. Of the two templates that the older range of certificates is for (TCG EK Credential
/// Profile for TPM 2.0, Annex B, L-1: RSA of 2048 bits; L-2: ECC P-256), and no others. Immutable.
public final class EndorsementKey {
    /// fixedTPM, fixedParent, sensitiveDataOrigin, adminWithPolicy, restricted, decrypt: opens nothing for others.
    private static final int ATTRIBUTES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 16 | 1 << 17;

    /// That the endorsement hierarchy is authorised (TPM2_PolicySecret).
    private static final byte[] POLICY =
            HexFormat.of().parseHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");

    private static final int RSA = 0x0001;
    private static final int ECC = 0x0023;
    private static final int SHA256 = 0x000b;
    private static final int AES = 0x0006;
    private static final int CFB = 0x0043;
    private static final int NOTHING = 0x0010;
    private static final int MODULUS = 256;

    private final PublicKey key;
    private final SeedWrapping wrapping;

    private EndorsementKey(PublicKey key, SeedWrapping wrapping) {
        this.key = key;
        this.wrapping = wrapping;
    }

    /// @param publicArea TPMT_PUBLIC @throws MalformedException if it is anything else than such a key
    public static EndorsementKey read(byte[] publicArea) throws MalformedException {
        TpmFields in = new TpmFields(publicArea);
        int type = in.uint16();
        in.expect16(SHA256, "digest");
        in.expect32(ATTRIBUTES, "set of attributes");
        if (!Arrays.equals(in.sized(POLICY.length), POLICY)) {
            throw new MalformedException("an endorsement key has another policy than it may");
        }
        in.expect16(AES, "cipher");
        in.expect16(128, "size of the cipher's key");
        in.expect16(CFB, "mode of the cipher");
        in.expect16(NOTHING, "scheme");
        return switch (type) {
            case RSA -> rsa(in);
            case ECC -> elliptic(in);
            default -> throw new MalformedException("an endorsement key is of another kind than it may be");
        };
    }

    private static EndorsementKey rsa(TpmFields in) throws MalformedException {
        in.expect16(8 * MODULUS, "size of key");
        // Zero stands for the usual exponent (Part 2 §12.2.3.5).
        in.expect32(0, "exponent");
        BigInteger modulus = new BigInteger(1, in.sized(MODULUS));
        in.end();
        if (modulus.bitLength() != 8 * MODULUS || !modulus.testBit(0)) {
            throw new MalformedException("not a modulus of 2048 bits");
        }
        try {
            PublicKey key = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65537)));
            return new EndorsementKey(key, SeedWrapping.rsa(key));
        } catch (GeneralSecurityException e) {
            throw new MalformedException("not an RSA key", e);
        }
    }

    private static EndorsementKey elliptic(TpmFields in) throws MalformedException {
        in.expect16(0x0003, "curve");
        in.expect16(NOTHING, "derivation");
        byte[] x = TpmKey.coordinate(in);
        byte[] y = TpmKey.coordinate(in);
        in.end();
        ECPublicKey key = (ECPublicKey) TpmKey.point(x, y).toPublicKey();
        if (!isOnCurve(key)) {
            throw new MalformedException("not a point on P-256");
        }
        return new EndorsementKey(key, SeedWrapping.elliptic(key, x));
    }

    /// The JDK looks when it uses a key, not when it makes one. P-256 has no points of small order.
    private static boolean isOnCurve(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.pow(2).subtract(right).mod(prime).signum() == 0;
    }

    /// The key itself, as a certificate of it has it.
    public PublicKey key() {
        return key;
    }

    /// Encrypts a secret so that the TPM with this key gives it to who has the named object in that very TPM:
    /// TPM2_MakeCredential in software (Part 1 §24).
    ///
    /// @param name of the object, as {@link TpmIdentity#attestationName} gives it
    /// @param secret at most 32 bytes; the caller's to keep and to forget
    public TpmCredential credential(byte[] name, byte[] secret, SecureRandom random) {
        SeedWrapping.Wrapped seed = wrapping.wrap(random);
        try {
            return TpmCredential.under(seed.seed(), name, secret, seed.sent());
        } finally {
            Arrays.fill(seed.seed(), (byte) 0);
        }
    }

    /// Whether a certificate's key is this one.
    public boolean isKeyOf(Certificate certificate) {
        return MessageDigest.isEqual(certificate.getPublicKey().getEncoded(), key.getEncoded());
    }
}
