package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import strongroom.vault.seal.PcrSelection;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// What makes an object open for its authorisation, and with registers for that and for what they have in them when it
/// is made: TPM2_PolicyPCR (Part 3 §23.7) and then TPM2_PolicyAuthValue (§23.17).
final class PcrPolicy {
    private static final int SHA256 = 0x000b;
    private static final int SIZE = 32;
    /// Of no registers: PolicyAuthValue, alone.
    private static final byte[] ALONE = PolicyDigest.start().authValue().toByteArray();

    private PcrPolicy() {}

    /// The policy's digest for what is in the registers now. It is computed here and not by the TPM, which leaves out
    /// of a selection what it does not have, and says nothing of it.
    static byte[] digest(Tpm tpm, PcrSelection registers) throws IOException, TpmRefusal, SealException {
        if (registers.isEmpty()) {
            return ALONE;
        }
        return PolicyDigest.start()
                .registers(list(registers), TpmKdf.sha256(values(tpm, registers)))
                .authValue()
                .toByteArray();
    }

    /// TPM2_PCR_Read (Part 3 §22.4), as often as it takes: an answer has eight values at most. It is not
    /// authenticated: who lies here has us make an object that does not open, and it is opened for proof.
    private static byte[] values(Tpm tpm, PcrSelection registers) throws IOException, TpmRefusal, SealException {
        TpmWriter values = new TpmWriter();
        for (PcrSelection left = registers; !left.isEmpty(); ) {
            TpmCommand read = new TpmCommand(TpmCommand.PCR_READ);
            read.parameters().fixed(list(left));
            TpmReader in = tpm.run(read).parameters();
            in.uint32();
            PcrSelection got = selected(in);
            int count = in.uint32();
            // In ascending order, and those with the lowest numbers first (Part 3 §22.4.1).
            if (got.isEmpty()
                    || !got.without(left).isEmpty()
                    || count != got.registers().size()) {
                throw new SealException(
                        Why.FAILED,
                        "This TPM does not measure with SHA-256 in the registers " + left
                                + ". Turn that on in the firmware's settings.");
            }
            left = left.without(got);
            if (!left.isEmpty() && left.registers().getFirst() < got.registers().getLast()) {
                throw new IOException("the TPM shows registers in another order");
            }
            for (int i = 0; i < count; i++) {
                byte[] value = in.sized();
                if (value.length != SIZE) {
                    throw new IOException("the TPM shows a register of another bank");
                }
                values.fixed(value);
            }
        }
        return values.toByteArray();
    }

    private static PcrSelection selected(TpmReader in) throws IOException {
        int bits = 0;
        int banks = in.uint32();
        for (int i = 0; i < banks; i++) {
            int bank = in.uint16();
            byte[] selected = in.fixed(in.uint8());
            for (int at = 0; at < selected.length && at < 3; at++) {
                bits |= bank == SHA256 ? (selected[at] & 0xff) << Byte.SIZE * at : 0;
            }
        }
        int found = bits;
        return PcrSelection.of(IntStream.range(0, PcrSelection.REGISTERS)
                .filter(register -> (found & 1 << register) != 0)
                .boxed()
                .toList());
    }

    /// Has a session of kind POLICY look at the registers, and finds out by that whether they are as they were. The
    /// authorisation is shown only when the session is used, so nothing of it counts here.
    ///
    /// @param wanted the object's policy
    /// @throws SealException `OTHER_START` if they are not
    static void fulfil(Tpm tpm, HmacSession session, PcrSelection registers, byte[] wanted)
            throws IOException, TpmRefusal, SealException {
        TpmCommand look = new TpmCommand(TpmCommand.POLICY_PCR).handle(session.handle());
        // No digest to compare with: that of the whole policy is compared below.
        look.parameters().uint16(0).fixed(list(registers));
        tpm.run(look);
        tpm.run(new TpmCommand(TpmCommand.POLICY_AUTH_VALUE).handle(session.handle()));
        byte[] has = tpm.run(new TpmCommand(TpmCommand.POLICY_GET_DIGEST).handle(session.handle()))
                .parameters()
                .sized();
        if (!Arrays.equals(has, wanted)) {
            throw otherStart();
        }
    }

    /// For the user, where the registers are not as they were.
    static SealException otherStart() {
        return new SealException(
                Why.OTHER_START,
                "This machine was started in another way than when the vault was sealed: its firmware, secure boot or"
                        + " boot loader is another one or was changed. The PIN was not tried.");
    }

    /// TPML_PCR_SELECTION of one bank.
    private static byte[] list(PcrSelection registers) {
        byte[] bits = registers.encoded();
        return new TpmWriter()
                .uint32(1)
                .uint16(SHA256)
                .uint8(bits.length)
                .fixed(bits)
                .toByteArray();
    }
}
