package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.SecureRandom;
import strongroom.vault.crypto.SecretBytes;

/// One half of the key lies in the TPM itself, in an NV index of its own, because only what lies there can be
/// erased: every sealed blob can have been copied before. Read and written under an authorisation that follows from
/// the other half. The owner of the machine can delete it; that costs the seal and gives nothing away.
final class NvHalf {
    static final int SIZE = 32;

    // Written and read by its authorisation, which has 256 bits and needs no counting.
    private static final int ATTRIBUTES = 1 << 2 | 1 << 18 | 1 << 25;

    private NvHalf() {}

    static boolean isOurs(int index) {
        return NvIndex.isOurs(index);
    }

    /// Puts the half into a new index under a random number. @return the number
    static int create(Tpm tpm, HmacSession session, SecretBytes authValue, SecretBytes half, SecureRandom random)
            throws IOException, TpmRefusal, InterposedException {
        NvIndex index = NvIndex.define(tpm, session, authValue, ATTRIBUTES, SIZE, random);
        try {
            byte[] name = index.newName();
            TpmCommand write = new TpmCommand(TpmCommand.NV_WRITE)
                    .handle(index.number(), name)
                    .handle(index.number(), name);
            half.<TpmWriter, RuntimeException>use(
                    bytes -> write.parameters().sized(bytes).uint16(0));
            tpm.run(write, session.sealedThere(authValue));
            return index.number();
        } catch (IOException | TpmRefusal | InterposedException e) {
            index.discard(tpm, session, e);
            throw e;
        }
    }

    static SecretBytes read(Tpm tpm, HmacSession session, int index, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException {
        byte[] name = at(index).name();
        TpmCommand read = new TpmCommand(TpmCommand.NV_READ).handle(index, name).handle(index, name);
        read.parameters().uint16(SIZE).uint16(0);
        return SecretBytes.ofAndZero(
                tpm.run(read, session.sealedBack(authValue)).parameters().sized());
    }

    static boolean exists(Tpm tpm, int index) throws IOException, TpmRefusal {
        return NvIndex.exists(tpm, index);
    }

    /// Erases it; the response is authenticated, so nobody on the bus can feign it.
    static void undefine(Tpm tpm, HmacSession session, int index) throws IOException, TpmRefusal, InterposedException {
        at(index).undefine(tpm, session);
    }

    private static NvIndex at(int index) {
        return new NvIndex(index, ATTRIBUTES, SIZE);
    }
}
