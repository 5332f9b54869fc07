package strongroom.protocol.policy;

import java.time.Instant;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What the PIN of a laptop must be, and what becomes of wrong ones. It can only add to what the program asks for by
/// itself.
///
/// @param number counts up; a device never goes back to a lower one
/// @param shortest fewest characters, {@link #MIN_SHORTEST} to {@link #MAX_SHORTEST}
/// @param longestAge days after which another PIN must be chosen, up to {@link #MAX_AGE}; 0 for never
/// @param destroyAfter the wrong PIN, counted from the last right one, at which a laptop destroys its keys,
///     {@link #MIN_DESTROY} to {@link #MAX_DESTROY}; 0 for never
/// @param askAgain whether the PIN is asked for again before what leaves the vault or cannot be undone
/// @param issued when it was signed
public record PinPolicy(long number, int shortest, int longestAge, int destroyAfter, boolean askAgain, Instant issued)
        implements Policy {
    /// The lowest that can be asked for; what the program asks for where hardware counts the tries.
    public static final int MIN_SHORTEST = 6;

    /// The highest that can be asked for.
    public static final int MAX_SHORTEST = 64;

    /// The most days of a PIN: ten years.
    public static final int MAX_AGE = 3650;

    /// Fewer wrong PINs must never destroy anything: people mistype.
    public static final int MIN_DESTROY = 5;

    /// The most wrong PINs that a rule can wait for.
    public static final int MAX_DESTROY = 100;

    /// Refuses what no policy can say.
    public PinPolicy {
        if (number < 1
                || shortest < MIN_SHORTEST
                || shortest > MAX_SHORTEST
                || longestAge < 0
                || longestAge > MAX_AGE
                || destroyAfter != 0 && (destroyAfter < MIN_DESTROY || destroyAfter > MAX_DESTROY)) {
            throw new IllegalArgumentException("not a policy");
        }
    }

    static PinPolicy parse(byte[] payload) throws MalformedException {
        CanonicalReader in = new CanonicalReader(payload);
        long number = in.int64();
        int shortest = in.uint32(MAX_SHORTEST);
        int longestAge = in.uint32(MAX_AGE);
        int destroyAfter = in.uint32(MAX_DESTROY);
        boolean askAgain = in.bool();
        Instant issued = in.instant();
        in.end();
        try {
            return new PinPolicy(number, shortest, longestAge, destroyAfter, askAgain, issued);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("not a policy", e);
        }
    }

    @Override
    public PolicyKind<PinPolicy> kind() {
        return PolicyKind.PIN;
    }

    @Override
    public byte[] toByteArray() {
        return new CanonicalWriter()
                .int64(number)
                .uint32(shortest)
                .uint32(longestAge)
                .uint32(destroyAfter)
                .bool(askAgain)
                .instant(issued)
                .toByteArray();
    }
}
