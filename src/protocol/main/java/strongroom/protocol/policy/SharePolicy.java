package strongroom.protocol.policy;

import java.time.Instant;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Whether the organisation's server takes part in each unlock of its laptops.
///
/// @param number counts up; a device never goes back to a lower one
/// @param mode whether, and whether a laptop may go without for a while
/// @param leaseHours how long; 1 to {@link #MAX_HOURS} for {@link Mode#LEASE}, otherwise 0
/// @param restarts how often a laptop may be switched on within a lease; 0 to {@link #MAX_RESTARTS} for
///     {@link Mode#LEASE}, otherwise 0
/// @param issued when it was signed
public record SharePolicy(long number, Mode mode, int leaseHours, int restarts, Instant issued) implements Policy {
    /// The longest lease: 90 days.
    public static final int MAX_HOURS = 90 * 24;

    /// The most restarts within a lease.
    public static final int MAX_RESTARTS = 1000;

    /// How the server takes part.
    public enum Mode {
        /// Not at all.
        OFF(0),
        /// At the first unlock, and again when a lease has ended.
        LEASE(1),
        /// At each unlock.
        ALWAYS(2);

        private final int code;

        Mode(int code) {
            this.code = code;
        }

        private static Mode of(int code) throws MalformedException {
            for (Mode mode : values()) {
                if (mode.code == code) {
                    return mode;
                }
            }
            throw new MalformedException("unknown mode of a policy");
        }
    }

    /// Refuses what no policy can say.
    public SharePolicy {
        boolean leased = mode == Mode.LEASE;
        if (number < 1
                || leaseHours < (leased ? 1 : 0)
                || leaseHours > (leased ? MAX_HOURS : 0)
                || restarts < 0
                || restarts > (leased ? MAX_RESTARTS : 0)) {
            throw new IllegalArgumentException("not a policy");
        }
    }

    static SharePolicy parse(byte[] payload) throws MalformedException {
        CanonicalReader in = new CanonicalReader(payload);
        long number = in.int64();
        Mode mode = Mode.of(in.uint8());
        int leaseHours = in.uint32(MAX_HOURS);
        int restarts = in.uint32(MAX_RESTARTS);
        Instant issued = in.instant();
        in.end();
        try {
            return new SharePolicy(number, mode, leaseHours, restarts, issued);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("not a policy", e);
        }
    }

    @Override
    public PolicyKind<SharePolicy> kind() {
        return PolicyKind.SHARE;
    }

    @Override
    public byte[] toByteArray() {
        return new CanonicalWriter()
                .int64(number)
                .uint8(mode.code)
                .uint32(leaseHours)
                .uint32(restarts)
                .instant(issued)
                .toByteArray();
    }
}
