package strongroom.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Hands the person's private keys to one more of their devices. Signed by the person's key, so the new device
/// knows that they come from its own person and not from the server. The array belongs to the record.
///
/// @param device who may open it
/// @param person whose keys they are
/// @param sealed the keys, HPKE to the device's join key with device and person bound in
public record Grant(Id device, Id person, byte[] sealed) {
    private static final int SEALED_LIMIT = 16_384;
    private static final String INFO = "strongroom grant v1";

    /// What the keys are sealed for: the `info` of HPKE (RFC 9180 §5.1).
    public static byte[] info() {
        return INFO.getBytes(StandardCharsets.US_ASCII);
    }

    /// What the seal is bound to: the associated data of HPKE.
    public static byte[] bound(Id device, Id person) {
        CanonicalWriter out = new CanonicalWriter();
        device.write(out);
        person.write(out);
        return out.toByteArray();
    }

    /// Reads a grant that `person` signed.
    public static Grant open(Signed signed, VerifyingKey person) throws MalformedException {
        CanonicalReader in = new CanonicalReader(signed.open(person, Signed.Purpose.GRANT));
        Grant grant = new Grant(Id.read(in), Id.read(in), in.bytes(SEALED_LIMIT));
        in.end();
        return grant;
    }

    /// Has the person's key sign this grant.
    public Signed sign(Signer person) throws Signer.SigningException {
        CanonicalWriter out = new CanonicalWriter();
        device.write(out);
        this.person.write(out);
        return Signed.by(person, Signed.Purpose.GRANT, out.bytes(sealed).toByteArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grant that && device.equals(that.device) && Arrays.equals(sealed, that.sealed);
    }

    @Override
    public int hashCode() {
        return device.hashCode();
    }

    @Override
    public String toString() {
        return "Grant[" + device + "]";
    }
}
