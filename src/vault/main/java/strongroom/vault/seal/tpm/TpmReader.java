package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads the TPM's wire format. What is on the other side of the wire may be anything: every length is checked.
final class TpmReader {
    private final ByteBuffer in;

    TpmReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    int uint8() throws IOException {
        need(1);
        return in.get() & 0xff;
    }

    int uint16() throws IOException {
        need(2);
        return in.getShort() & 0xffff;
    }

    int uint32() throws IOException {
        need(4);
        return in.getInt();
    }

    long int64() throws IOException {
        need(8);
        return in.getLong();
    }

    byte[] fixed(int length) throws IOException {
        need(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    byte[] sized() throws IOException {
        return fixed(uint16());
    }

    byte[] rest() {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    private void need(int count) throws IOException {
        if (count < 0 || in.remaining() < count) {
            throw new IOException("the response of the TPM ends too early");
        }
    }
}
