package strongroom.protocol.attest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a server asks of a device that named its TPM. The array belongs to the record.
///
/// @param nonce what the certification must answer to, {@link #NONCE} bytes, good once
/// @param credential to be opened by the TPM; null if the server knows the attestation key from before
public record TpmChallenge(byte[] nonce, @Nullable TpmCredential credential) {
    /// Size of the nonce, in bytes.
    public static final int NONCE = 32;

    /// Reads from bytes that hold nothing else.
    public static TpmChallenge of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        TpmChallenge challenge = new TpmChallenge(in.fixed(NONCE), in.bool() ? TpmCredential.read(in) : null);
        in.end();
        return challenge;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().fixed(nonce).bool(credential != null);
        if (credential != null) {
            credential.write(out);
        }
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TpmChallenge that && Arrays.equals(toByteArray(), that.toByteArray());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(nonce);
    }

    @Override
    public String toString() {
        return "TpmChallenge[" + (credential == null ? "certify" : "activate and certify") + "]";
    }
}
