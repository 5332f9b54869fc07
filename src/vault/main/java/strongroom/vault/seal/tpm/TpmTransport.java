package strongroom.vault.seal.tpm;

import java.io.IOException;

/// Carries one command after the other to a TPM. One thread at a time.
interface TpmTransport extends AutoCloseable {
    /// The longest command or response that a PC's TPM takes.
    int LONGEST = 4096;
    /// Tag, size and code.
    int HEADER = 10;

    /// @return the response to this command, header included
    byte[] exchange(byte[] command) throws IOException;

    /// Whether something behind it cleans up after us. Where not, this connection is the only one, and what
    /// others left behind may be thrown out.
    boolean hasResourceManager();

    @Override
    void close() throws IOException;
}
