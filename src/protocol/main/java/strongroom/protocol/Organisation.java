package strongroom.protocol;

import java.time.Instant;
import java.util.Arrays;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Whom everything is traced back to: the root key, and the pins it signed. A client accepts one only if the root
/// key has the fingerprint in its enrolment code, and keeps it for good.
///
/// @param root the Ed25519 key that certifies administrators and signs the pins
/// @param signedPins the {@link PinSet} in force, signed by the root
public record Organisation(VerifyingKey root, Signed signedPins) {
    /// Bytes of the root's fingerprint that an enrolment code carries: finding another key with the same ones
    /// takes 2^128 tries.
    public static final int CODE_FINGERPRINT = 16;

    /// The pins, if the root signed them.
    public PinSet pins() throws MalformedException {
        return PinSet.open(signedPins, root);
    }

    /// The first {@link #CODE_FINGERPRINT} bytes of the root key's fingerprint.
    public byte[] fingerprint() {
        return Arrays.copyOf(root.fingerprint().toByteArray(), CODE_FINGERPRINT);
    }

    /// An administrator's certificate, if the root signed it and it is good at that moment.
    public KeyCertificate administrator(Signed certificate, Instant at) throws MalformedException {
        return KeyCertificate.open(certificate, root, KeyCertificate.Role.ADMINISTRATOR, at);
    }

    /// Reads an organisation; verifies nothing.
    public static Organisation of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        Organisation organisation = new Organisation(VerifyingKey.read(in), Signed.read(in));
        in.end();
        return organisation;
    }

    /// Root key and signed pins in canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        root.write(out);
        signedPins.write(out);
        return out.toByteArray();
    }
}
