package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// `/dev/tpmrm0`: the kernel takes one command by one write and gives the response by one read.
final class DeviceTransport implements TpmTransport {
    private final FileChannel device;

    DeviceTransport(Path path) throws IOException {
        this.device = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public byte[] exchange(byte[] command) throws IOException {
        if (device.write(ByteBuffer.wrap(command)) != command.length) {
            throw new IOException("the TPM device took a part of a command");
        }
        ByteBuffer response = ByteBuffer.allocate(LONGEST);
        if (device.read(response) < HEADER) {
            throw new IOException("the TPM device gave no response");
        }
        return Arrays.copyOf(response.array(), response.position());
    }

    @Override
    public boolean hasResourceManager() {
        return true;
    }

    @Override
    public void close() throws IOException {
        device.close();
    }
}
