package strongroom.server.share;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The highest reading of a TPM's clock that a lease was asked for with. A TPM counts the time it has power
/// (TPM 2.0 Part 1 §36), at most as fast as time goes by; so a reading that is further ahead than that is not
/// its own, and would be a lease for later.
///
/// @param clock milliseconds
/// @param at the moment from which on the clock is taken to run: when the reading came or, if it was ahead, the
///     later moment at which it may have been read. Without that each reading could be a little ahead of the
///     one before
record HighestReading(long clock, Instant at) {
    /// Between the reading and its arrival, and by what two clocks differ.
    private static final Duration SLACK = Duration.ofMinutes(2);
    /// A TPM writes its clock down about every 70 minutes, and after a power cut goes on from there.
    private static final Duration LOST = Duration.ofMinutes(90);

    /// The highest reading after one more; nothing if that one is not plausible.
    Optional<HighestReading> with(long next, Instant now) {
        long ahead = next - clock;
        long elapsed = Duration.between(at, now).toMillis();
        if (ahead <= 0) {
            return ahead < -LOST.toMillis() ? Optional.empty() : Optional.of(this);
        }
        if (ahead > elapsed + elapsed / 5 + SLACK.toMillis()) {
            return Optional.empty();
        }
        // A TPM's clock may be a fifth fast.
        Instant earliest = at.plusMillis(ahead - ahead / 6);
        return Optional.of(new HighestReading(next, earliest.isAfter(now) ? earliest : now));
    }
}
