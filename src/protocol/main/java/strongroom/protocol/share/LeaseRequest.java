package strongroom.protocol.share;

import strongroom.protocol.Digest;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a laptop says when it asks for a lease.
///
/// @param pinObject the TPM object that checks the PIN: SHA-256 of its public area, which is its name (TPM 2.0
///     Part 1 §16) without the number of the hash
/// @param clock what the TPM shows now
public record LeaseRequest(Digest pinObject, PowerClock clock) {
    /// Reads from bytes that hold nothing else.
    public static LeaseRequest of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        LeaseRequest request = new LeaseRequest(Digest.read(in), PowerClock.read(in));
        in.end();
        return request;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        pinObject.write(out);
        clock.write(out);
        return out.toByteArray();
    }
}
