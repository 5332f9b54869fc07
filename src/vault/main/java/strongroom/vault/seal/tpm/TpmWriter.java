package strongroom.vault.seal.tpm;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The TPM's wire format: big-endian numbers, byte strings behind a length of 16 bits (`TPM2B`). Keeps a copy of
/// what is written on the heap; {@link #zero} when that was secret.
final class TpmWriter {
    private final ByteBuffer out = ByteBuffer.allocate(TpmTransport.LONGEST);

    TpmWriter uint8(int value) {
        out.put((byte) value);
        return this;
    }

    TpmWriter uint16(int value) {
        out.putShort((short) value);
        return this;
    }

    TpmWriter uint32(int value) {
        out.putInt(value);
        return this;
    }

    TpmWriter fixed(byte[] bytes) {
        out.put(bytes);
        return this;
    }

    TpmWriter sized(byte[] bytes) {
        return uint16(bytes.length).fixed(bytes);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(out.array(), out.position());
    }

    void zero() {
        Arrays.fill(out.array(), (byte) 0);
    }
}
