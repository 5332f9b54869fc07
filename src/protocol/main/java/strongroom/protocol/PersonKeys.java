package strongroom.protocol;

import java.util.Arrays;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// The public keys of a person, made on their first device.
///
/// @param signing Ed25519; signs commits, grants and vault keys
/// @param box HPKE public key (X-Wing); vault keys are wrapped to it; not changed by anyone who holds it
public record PersonKeys(VerifyingKey signing, byte[] box) {
    /// Longest HPKE public key that is accepted, in bytes.
    static final int BOX_LIMIT = 4096;

    static PersonKeys read(CanonicalReader in) throws MalformedException {
        return new PersonKeys(VerifyingKey.read(in), in.bytes(BOX_LIMIT));
    }

    void write(CanonicalWriter out) {
        signing.write(out);
        out.bytes(box);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersonKeys that && signing.equals(that.signing) && Arrays.equals(box, that.box);
    }

    @Override
    public int hashCode() {
        return signing.hashCode();
    }

    @Override
    public String toString() {
        return "PersonKeys[" + signing + "]";
    }
}
