package strongroom.vault.seal;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import strongroom.protocol.codec.MalformedException;

/// Some of a machine's platform configuration registers, 0 to 23 of its SHA-256 bank, in which its firmware and its
/// boot loader write down what they start (TPM 2.0 Part 1 §17; which one has what is in the TCG's PC Client profile).
public final class PcrSelection {
    /// Of none: nothing depends on how the machine was started.
    public static final PcrSelection NONE = new PcrSelection(0);

    /// How many registers there are.
    public static final int REGISTERS = 24;

    private static final int SIZE = REGISTERS / Byte.SIZE;

    private final int bits;

    private PcrSelection(int bits) {
        this.bits = bits;
    }

    /// @throws IllegalArgumentException with a sentence for the user, if one of them is no register
    public static PcrSelection of(Collection<Integer> registers) {
        int bits = 0;
        for (int register : registers) {
            if (register < 0 || register >= REGISTERS) {
                throw new IllegalArgumentException(
                        "There is no register " + register + ": they have the numbers 0 to 23.");
            }
            bits |= 1 << register;
        }
        return new PcrSelection(bits);
    }

    /// Of what {@link #encoded} wrote.
    ///
    /// @param encoded 0 or 3 bytes
    /// @throws MalformedException if it is written in another way than that
    public static PcrSelection read(byte[] encoded) throws MalformedException {
        int bits = 0;
        for (int i = 0; i < encoded.length && i < SIZE; i++) {
            bits |= (encoded[i] & 0xff) << Byte.SIZE * i;
        }
        if (encoded.length != (bits == 0 ? 0 : SIZE)) {
            throw new MalformedException("not a selection of registers");
        }
        return new PcrSelection(bits);
    }

    /// Register *n* is bit *n* mod 8 of byte *n* / 8, as in the TPM's own selections (Part 2 §10.6.1): three bytes, or
    /// nothing at all for none.
    public byte[] encoded() {
        byte[] encoded = new byte[isEmpty() ? 0 : SIZE];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = (byte) (bits >>> Byte.SIZE * i);
        }
        return encoded;
    }

    /// Whether there is none in it.
    public boolean isEmpty() {
        return bits == 0;
    }

    /// Their numbers, ascending.
    public List<Integer> registers() {
        return IntStream.range(0, REGISTERS)
                .filter(register -> (bits & 1 << register) != 0)
                .boxed()
                .toList();
    }

    /// Those that are not in `other`.
    public PcrSelection without(PcrSelection other) {
        return new PcrSelection(bits & ~other.bits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PcrSelection same && same.bits == bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }

    /// As on the command line: numbers and commas.
    @Override
    public String toString() {
        return registers().stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
