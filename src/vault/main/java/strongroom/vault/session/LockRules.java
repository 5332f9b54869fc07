package strongroom.vault.session;

import java.time.Duration;

/// What the policy allows.
///
/// @param grace between losing the focus and the lock; the cover is there at once in any case
/// @param idle without a key or a movement of the pointer until the lock
public record LockRules(Duration grace, Duration idle) {
    /// Lock at once on focus loss; after ten minutes of nothing in any case.
    public static final LockRules DEFAULT = new LockRules(Duration.ZERO, Duration.ofMinutes(10));

    /// Refuses negative grace and an idle time of nothing, which would never let a vault stay open.
    public LockRules {
        if (grace.isNegative() || !idle.isPositive()) {
            throw new IllegalArgumentException("grace is zero or more, idle more than zero");
        }
    }
}
