package strongroom.protocol.share;

import java.util.Arrays;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// The public half of the key that a server keeps for one slot, and the key that signs its leases. A device pins
/// both in the slot.
///
/// @param point public key of the VOPRF (RFC 9497 §4.3): a compressed point of P-256, {@link #POINT} bytes; not copied
/// @param lessor ECDSA P-256
public record ShareKey(byte[] point, VerifyingKey lessor) {
    /// Size of a compressed point of P-256 (SEC 1 §2.3.3), in bytes.
    public static final int POINT = 33;

    /// Reads a key; whether the point is on the curve is for who uses it.
    public static ShareKey read(CanonicalReader in) throws MalformedException {
        ShareKey key = new ShareKey(in.fixed(POINT), VerifyingKey.read(in));
        if (key.lessor.algorithm() != VerifyingKey.Algorithm.ECDSA_P256) {
            throw new MalformedException("leases are signed on P-256");
        }
        return key;
    }

    /// Reads from bytes that hold nothing else.
    public static ShareKey of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        ShareKey key = read(in);
        in.end();
        return key;
    }

    /// Writes the point and the lessor's key.
    public void write(CanonicalWriter out) {
        out.fixed(point);
        lessor.write(out);
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        write(out);
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShareKey that && Arrays.equals(point, that.point) && lessor.equals(that.lessor);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point);
    }
}
