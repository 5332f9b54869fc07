package strongroom.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import strongroom.protocol.codec.Crockford;
import strongroom.protocol.codec.MalformedException;

/// The text an administrator hands to a person: a one-time signing key of 128 bits and the fingerprint of the
/// organisation's root, so that whoever types it knows both who may enrol and whom to believe. Written in
/// Crockford's base 32 in eleven groups of five; the last 16 bits are a check against slips of the hand.
/// It opens nothing but one enrolment and is worthless afterwards.
public final class EnrolmentCode {
    /// Bytes of the seed of the signing key.
    public static final int SEED = 16;

    private static final int CHECK = 2;
    private static final int TOTAL = SEED + Organisation.CODE_FINGERPRINT + CHECK;

    private final byte[] seed;
    private final byte[] rootFingerprint;

    private EnrolmentCode(byte[] seed, byte[] rootFingerprint) {
        this.seed = seed;
        this.rootFingerprint = rootFingerprint;
    }

    /// @param seed 16 random bytes, copied @param organisation whose root goes into the code
    public static EnrolmentCode of(byte[] seed, VerifyingKey root) {
        if (seed.length != SEED) {
            throw new IllegalArgumentException("a code's seed has 16 bytes");
        }
        byte[] fingerprint = Arrays.copyOf(root.fingerprint().toByteArray(), Organisation.CODE_FINGERPRINT);
        return new EnrolmentCode(seed.clone(), fingerprint);
    }

    /// @param text as typed: case, spaces and dashes do not matter, I and L are read as 1, O as 0
    /// @throws MalformedException if it is too short or long, or the check does not hold
    public static EnrolmentCode parse(String text) throws MalformedException {
        byte[] bytes = Crockford.read(text.getBytes(StandardCharsets.UTF_8), TOTAL, "an enrolment code");
        byte[] seed = Arrays.copyOf(bytes, SEED);
        byte[] fingerprint = Arrays.copyOfRange(bytes, SEED, TOTAL - CHECK);
        EnrolmentCode code = new EnrolmentCode(seed, fingerprint);
        if (!Arrays.equals(code.check(), Arrays.copyOfRange(bytes, TOTAL - CHECK, TOTAL))) {
            throw new MalformedException("the enrolment code is mistyped");
        }
        return code;
    }

    /// The 32-byte Ed25519 seed of the one-time key: HKDF-SHA-256 (RFC 5869) of the seed in the code. The caller
    /// fills it with zeros after use.
    public byte[] signingSeed() {
        try {
            KDF kdf = KDF.getInstance("HKDF-SHA256");
            byte[] info = "strongroom enrolment code v1".getBytes(StandardCharsets.US_ASCII);
            return kdf.deriveData(HKDFParameterSpec.ofExtract().addIKM(seed).thenExpand(info, 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has HKDF-SHA256", e);
        }
    }

    /// Whether `root` is the key that the code was made under.
    public boolean isFor(VerifyingKey root) {
        byte[] fingerprint = Arrays.copyOf(root.fingerprint().toByteArray(), Organisation.CODE_FINGERPRINT);
        return Arrays.equals(fingerprint, rootFingerprint);
    }

    /// The text to hand out.
    public String text() {
        byte[] bytes = Arrays.copyOf(seed, TOTAL);
        System.arraycopy(rootFingerprint, 0, bytes, SEED, rootFingerprint.length);
        System.arraycopy(check(), 0, bytes, TOTAL - CHECK, CHECK);
        return new String(Crockford.write(bytes), StandardCharsets.US_ASCII);
    }

    private byte[] check() {
        return Arrays.copyOf(Digest.sha256(seed, rootFingerprint).toByteArray(), CHECK);
    }

    /// Never the code.
    @Override
    public String toString() {
        return "EnrolmentCode";
    }
}
