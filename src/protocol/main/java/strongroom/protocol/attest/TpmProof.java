package strongroom.protocol.attest;

import java.util.Arrays;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A device's answer to a {@link TpmChallenge}. The array belongs to the record.
///
/// @param activated what the TPM gave for the credential; empty if there was none
/// @param certification what the TPM says of the key
public record TpmProof(byte[] activated, KeyCertification certification) {
    private static final int LIMIT = 64;

    /// Reads from bytes that hold nothing else.
    public static TpmProof of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        TpmProof proof = new TpmProof(in.bytes(LIMIT), KeyCertification.read(in));
        in.end();
        return proof;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().bytes(activated);
        certification.write(out);
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TpmProof that
                && Arrays.equals(activated, that.activated)
                && certification.equals(that.certification);
    }

    @Override
    public int hashCode() {
        return certification.hashCode();
    }

    @Override
    public String toString() {
        return "TpmProof[" + certification + "]";
    }
}
