package strongroom.vault.crypto;

import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// How much work one guess at a PIN costs. The bounds stand in the code: the numbers come from a file that the
/// thief of a laptop can write, and lower ones would make the next entry of the right PIN worth recording, higher
/// ones would stop the machine.
///
/// @param memoryKiB 64 MiB to 1 GiB @param passes 3 to 16 @param lanes 1 to 16
public record Argon2Parameters(int memoryKiB, int passes, int lanes) {
    private static final int LEAST_MEMORY = 64 << 10;
    private static final int MOST_MEMORY = 1 << 20;
    private static final int LEAST_PASSES = 3;
    private static final int MOST_PASSES = 16;
    private static final int MOST_LANES = 16;

    /// RFC 9106 §4, second recommendation.
    public static final Argon2Parameters DEFAULT = new Argon2Parameters(64 << 10, 3, 4);

    /// Refuses what is out of bounds.
    public Argon2Parameters {
        if (!allowed(memoryKiB, passes, lanes)) {
            throw new IllegalArgumentException("Argon2 parameters out of bounds");
        }
    }

    /// Reads from canonical bytes; refuses what is out of bounds.
    public static Argon2Parameters read(CanonicalReader in) throws MalformedException {
        int memory = in.uint32(MOST_MEMORY);
        int passes = in.uint8();
        int lanes = in.uint8();
        if (!allowed(memory, passes, lanes)) {
            throw new MalformedException("Argon2 parameters out of bounds");
        }
        return new Argon2Parameters(memory, passes, lanes);
    }

    /// Writes the three numbers.
    public void write(CanonicalWriter out) {
        out.uint32(memoryKiB).uint8(passes).uint8(lanes);
    }

    private static boolean allowed(int memory, int passes, int lanes) {
        return memory >= LEAST_MEMORY
                && memory <= MOST_MEMORY
                && passes >= LEAST_PASSES
                && passes <= MOST_PASSES
                && lanes >= 1
                && lanes <= MOST_LANES;
    }
}
