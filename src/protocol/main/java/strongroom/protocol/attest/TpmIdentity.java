package strongroom.protocol.attest;

import java.util.Arrays;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// The TPM that a device says it has, by the keys that stand for it. Proves nothing: that the attestation key is in
/// the TPM with the endorsement key follows from a {@link TpmProof} that answers a {@link TpmChallenge}. Arrays belong
/// to the record.
///
/// @param endorsementKey TPMT_PUBLIC of an {@link EndorsementKey}
/// @param certificate what the TPM's maker says of that key, X.509 DER; empty if the TPM has none
/// @param attestationKey TPMT_PUBLIC of the restricted key that speaks for the TPM
public record TpmIdentity(byte[] endorsementKey, byte[] certificate, byte[] attestationKey) {
    private static final int KEY_LIMIT = 1024;
    private static final int CERTIFICATE_LIMIT = 8192;

    /// The endorsement key. @throws MalformedException if it is none
    public EndorsementKey endorsement() throws MalformedException {
        return EndorsementKey.read(endorsementKey);
    }

    /// The attestation key's name in the TPM. @throws MalformedException if it is no such key
    public byte[] attestationName() throws MalformedException {
        return TpmKey.read(attestationKey, TpmKey.Kind.ATTESTS).name();
    }

    /// Reads from bytes that hold nothing else.
    public static TpmIdentity of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        TpmIdentity identity = new TpmIdentity(in.bytes(KEY_LIMIT), in.bytes(CERTIFICATE_LIMIT), in.bytes(KEY_LIMIT));
        in.end();
        return identity;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        return new CanonicalWriter()
                .bytes(endorsementKey)
                .bytes(certificate)
                .bytes(attestationKey)
                .toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TpmIdentity that
                && Arrays.equals(endorsementKey, that.endorsementKey)
                && Arrays.equals(certificate, that.certificate)
                && Arrays.equals(attestationKey, that.attestationKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(attestationKey);
    }

    @Override
    public String toString() {
        return "TpmIdentity[" + (certificate.length == 0 ? "without" : "with") + " certificate]";
    }
}
