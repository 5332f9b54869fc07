package strongroom.protocol.attest;

import java.util.Arrays;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a TPM says of a device's key (TPM2_Certify, Part 3 §18.2): that it is in the same TPM as an attestation
/// key, was made there, and does not leave it. Whether that is a TPM at all follows from who vouches for the
/// attestation key, and is not known from this alone. Arrays belong to the record.
///
/// @param attestationKey TPMT_PUBLIC of the restricted key that signed
/// @param deviceKey TPMT_PUBLIC of the key that it is about
/// @param statement TPMS_ATTEST
/// @param signature of the statement, DER
public record KeyCertification(byte[] attestationKey, byte[] deviceKey, byte[] statement, byte[] signature) {
    /// The longest nonce, in bytes.
    public static final int NONCE_LIMIT = 64;

    private static final int LIMIT = 1024;
    private static final int NAME_LIMIT = 66;
    private static final int CLOCK = 8 + 4 + 4 + 1;
    private static final int FIRMWARE = 8;

    /// Both keys, after everything held.
    ///
    /// @param attestation who said so @param device of whom
    public record Certified(VerifyingKey attestation, VerifyingKey device) {}

    /// Checks all of it.
    ///
    /// @param nonce what the statement must answer to
    /// @throws MalformedException if anything is not as it must be
    public Certified verify(byte[] nonce) throws MalformedException {
        TpmKey attestation = TpmKey.read(attestationKey, TpmKey.Kind.ATTESTS);
        if (!attestation.key().verifies(statement, signature)) {
            throw new MalformedException("the attestation key did not sign the statement");
        }
        TpmKey device = TpmKey.read(deviceKey, TpmKey.Kind.OF_DEVICE);
        TpmFields in = new TpmFields(statement);
        // Only what begins so was said by a TPM itself: a restricted key signs nothing of others that does.
        in.expect32(0xff544347, "origin");
        in.expect16(0x8017, "kind of statement");
        in.sized(NAME_LIMIT);
        same(in.sized(NONCE_LIMIT), nonce, "the statement answers to another question");
        in.fixed(CLOCK);
        in.fixed(FIRMWARE);
        same(in.sized(NAME_LIMIT), device.name(), "the statement is about another key");
        in.sized(NAME_LIMIT);
        in.end();
        return new Certified(attestation.key(), device.key());
    }

    private static void same(byte[] found, byte[] expected, String otherwise) throws MalformedException {
        if (!Arrays.equals(found, expected)) {
            throw new MalformedException(otherwise);
        }
    }

    /// Reads one, unchecked.
    public static KeyCertification read(CanonicalReader in) throws MalformedException {
        return new KeyCertification(in.bytes(LIMIT), in.bytes(LIMIT), in.bytes(LIMIT), in.bytes(LIMIT));
    }

    /// Writes all four.
    public void write(CanonicalWriter out) {
        out.bytes(attestationKey).bytes(deviceKey).bytes(statement).bytes(signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyCertification that
                && Arrays.equals(attestationKey, that.attestationKey)
                && Arrays.equals(deviceKey, that.deviceKey)
                && Arrays.equals(statement, that.statement)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(statement);
    }

    @Override
    public String toString() {
        return "KeyCertification[" + statement.length + "]";
    }
}
