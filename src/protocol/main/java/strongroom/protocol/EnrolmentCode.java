package strongroom.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import strongroom.protocol.codec.MalformedException;

/// The text an administrator hands to a person: a one-time signing key of 128 bits and the fingerprint of the
/// organisation's root, so that whoever types it knows both who may enrol and whom to believe. Written in
/// Crockford's base 32 in eleven groups of five; the last 16 bits are a check against slips of the hand.
/// It opens nothing but one enrolment and is worthless afterwards.
public final class EnrolmentCode {
    /// Bytes of the seed of the signing key.
    public static final int SEED = 16;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHECK = 2;
    private static final int TOTAL = SEED + Organisation.CODE_FINGERPRINT + CHECK;
    private static final int SYMBOLS = (TOTAL * 8 + 4) / 5;
    private static final int GROUP = 5;

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
        String symbols = text.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('I', '1')
                .replace('L', '1')
                .replace('O', '0');
        if (symbols.length() != SYMBOLS) {
            throw new MalformedException(
                    "an enrolment code has " + SYMBOLS + " letters and digits, this one has " + symbols.length());
        }
        byte[] bytes = new byte[TOTAL];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < SYMBOLS; i++) {
            int value = ALPHABET.indexOf(symbols.charAt(i));
            if (value < 0) {
                throw new MalformedException("an enrolment code has no '" + symbols.charAt(i) + "'");
            }
            buffer = (buffer << 5 | value) & 0xfff;
            bits += 5;
            if (bits >= 8 && at < TOTAL) {
                bits -= 8;
                bytes[at++] = (byte) (buffer >> bits);
            }
        }
        byte[] seed = Arrays.copyOf(bytes, SEED);
        byte[] fingerprint = Arrays.copyOfRange(bytes, SEED, TOTAL - CHECK);
        EnrolmentCode code = new EnrolmentCode(seed, fingerprint);
        if (!code.text().replace("-", "").equals(symbols)) {
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
        byte[] check = Arrays.copyOf(Digest.sha256(seed, rootFingerprint).toByteArray(), CHECK);
        byte[] bytes = new byte[TOTAL + 1];
        System.arraycopy(seed, 0, bytes, 0, SEED);
        System.arraycopy(rootFingerprint, 0, bytes, SEED, rootFingerprint.length);
        System.arraycopy(check, 0, bytes, TOTAL - CHECK, CHECK);
        StringBuilder text = new StringBuilder(SYMBOLS + SYMBOLS / GROUP);
        for (int i = 0; i < SYMBOLS; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            int bit = i * 5;
            int pair = (bytes[bit / 8] & 0xff) << 8 | bytes[bit / 8 + 1] & 0xff;
            text.append(ALPHABET.charAt(pair >> 11 - bit % 8 & 31));
        }
        return text.toString();
    }

    /// Never the code.
    @Override
    public String toString() {
        return "EnrolmentCode";
    }
}
