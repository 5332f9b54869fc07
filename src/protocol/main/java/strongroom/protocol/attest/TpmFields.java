package strongroom.protocol.attest;

import java.util.Arrays;
import strongroom.protocol.codec.MalformedException;

/// Reads a TPM's structures field by field: big-endian numbers, byte strings behind a length of 16 bits. Short input,
/// other values than the expected ones and bytes left over are refused. Not safe for several threads.
final class TpmFields {
    private final byte[] bytes;
    private int at;

    /// @param bytes read in place
    TpmFields(byte[] bytes) {
        this.bytes = bytes;
    }

    int uint16() throws MalformedException {
        byte[] two = fixed(2);
        return (two[0] & 0xff) << 8 | two[1] & 0xff;
    }

    int uint32() throws MalformedException {
        return uint16() << 16 | uint16();
    }

    byte[] fixed(int length) throws MalformedException {
        if (length > bytes.length - at) {
            throw new MalformedException("a TPM's structure ends too early");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /// @param limit in bytes
    byte[] sized(int limit) throws MalformedException {
        int length = uint16();
        if (length > limit) {
            throw new MalformedException("a field of a TPM's structure is too long");
        }
        return fixed(length);
    }

    void expect16(int value, String what) throws MalformedException {
        if (uint16() != value) {
            throw new MalformedException("a TPM's structure has another " + what + " than it may");
        }
    }

    void expect32(int value, String what) throws MalformedException {
        if (uint32() != value) {
            throw new MalformedException("a TPM's structure has another " + what + " than it may");
        }
    }

    /// Each behind its length of 16 bits.
    static byte[] sized(byte[]... fields) {
        int size = 0;
        for (byte[] field : fields) {
            size += 2 + field.length;
        }
        byte[] out = new byte[size];
        int at = 0;
        for (byte[] field : fields) {
            out[at] = (byte) (field.length >>> 8);
            out[at + 1] = (byte) field.length;
            System.arraycopy(field, 0, out, at + 2, field.length);
            at += 2 + field.length;
        }
        return out;
    }

    void end() throws MalformedException {
        if (at < bytes.length) {
            throw new MalformedException("there are bytes behind a TPM's structure");
        }
    }
}
