package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.time.Duration;

/// What the TPM says about wrong authorisations. The numbers are the machine's, shared by all that use it, and
/// are the operating system's to set.
///
/// @param failed counted now @param most at which it pauses @param interval seconds until one is forgotten
record LockoutState(int failed, int most, int interval) {
    private static final int PROPERTIES = 6;
    private static final int LOCKOUT_COUNTER = 0x20e;
    private static final int COUNT = 3;

    static LockoutState of(Tpm tpm) throws IOException, TpmRefusal {
        TpmCommand command = new TpmCommand(TpmCommand.GET_CAPABILITY);
        command.parameters().uint32(PROPERTIES).uint32(LOCKOUT_COUNTER).uint32(COUNT);
        TpmReader in = tpm.run(command).parameters();
        in.uint8();
        if (in.uint32() != PROPERTIES || in.uint32() != COUNT) {
            throw new IOException("the TPM does not tell its lockout state");
        }
        int[] values = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            if (in.uint32() != LOCKOUT_COUNTER + i) {
                throw new IOException("the TPM tells another property than asked for");
            }
            values[i] = in.uint32();
        }
        return new LockoutState(values[0], values[1], values[2]);
    }

    int triesLeft() {
        return Math.max(0, most - failed);
    }

    /// At most this long until one try is free; the TPM does not say how much of it is over.
    Duration pause() {
        return Duration.ofSeconds(Integer.toUnsignedLong(interval));
    }
}
