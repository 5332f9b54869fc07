package strongroom.protocol.posture;

import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a server has seen of where a device's TLS keys are.
public enum KeyProof {
    /// Nothing: whatever the device says of it.
    NONE(0),
    /// A TPM certified the keys, and opened a credential. An emulator does as much: who made it is not known.
    ACTIVATED(1),
    /// The same, and a maker whom the organisation trusts certified that TPM.
    VENDOR(2);

    private final int code;

    KeyProof(int code) {
        this.code = code;
    }

    /// Reads the number.
    public static KeyProof read(CanonicalReader in) throws MalformedException {
        int code = in.uint8();
        for (KeyProof proof : values()) {
            if (proof.code == code) {
                return proof;
            }
        }
        throw new MalformedException("unknown proof of a key");
    }

    /// Reads from bytes that hold nothing else.
    public static KeyProof of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        KeyProof proof = read(in);
        in.end();
        return proof;
    }

    /// Writes the number.
    public void write(CanonicalWriter out) {
        out.uint8(code);
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        write(out);
        return out.toByteArray();
    }
}
