package strongroom.protocol.posture;

import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a slot is bound to besides the PIN.
public enum SlotAssurance {
    /// There is no slot, or it cannot be read.
    UNKNOWN(0),
    /// A TPM, which counts wrong PINs.
    HARDWARE(1),
    /// The keystore of the operating system, or a part of the machine that does not count.
    KEYSTORE(2),
    /// Nothing: the passphrase alone.
    PASSPHRASE(3);

    private final int code;

    SlotAssurance(int code) {
        this.code = code;
    }

    static SlotAssurance read(CanonicalReader in) throws MalformedException {
        int code = in.uint8();
        for (SlotAssurance assurance : values()) {
            if (assurance.code == code) {
                return assurance;
            }
        }
        throw new MalformedException("unknown assurance of a slot");
    }

    void write(CanonicalWriter out) {
        out.uint8(code);
    }
}
