package strongroom.protocol.share;

import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a TPM counts and nobody can set back (TPM 2.0 Part 1 §36, Clock): milliseconds under power, and how often
/// it was switched on.
///
/// @param clock milliseconds that the TPM was powered, since it was cleared; after a power cut up to about 70
///     minutes fewer
/// @param resets how often the machine was started
/// @param restarts how often it was resumed since the last start
public record PowerClock(long clock, int resets, int restarts) {
    /// Refuses negative numbers.
    public PowerClock {
        if (clock < 0 || resets < 0 || restarts < 0) {
            throw new IllegalArgumentException("not a reading of a clock");
        }
    }

    /// Reads a reading.
    public static PowerClock read(CanonicalReader in) throws MalformedException {
        long clock = in.int64();
        if (clock < 0) {
            throw new MalformedException("not a reading of a clock");
        }
        return new PowerClock(clock, in.uint32(Integer.MAX_VALUE), in.uint32(Integer.MAX_VALUE));
    }

    /// Reads from bytes that hold nothing else.
    public static PowerClock of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        PowerClock clock = read(in);
        in.end();
        return clock;
    }

    /// Writes the three numbers.
    public void write(CanonicalWriter out) {
        out.int64(clock).uint32(resets).uint32(restarts);
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        write(out);
        return out.toByteArray();
    }
}
