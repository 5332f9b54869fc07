package strongroom.server.admin;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.Policy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SharePolicy;
import strongroom.protocol.policy.SignedPolicy;

/// Policies, as an administrator reads and signs them. What the server shows is checked against the root before it is
/// believed. For one thread.
public final class PolicyDesk {
    private final AdminHome.Credentials credentials;
    private final AdminChannel channel;
    private final Clock clock;

    PolicyDesk(AdminHome.Credentials credentials, AdminChannel channel, Clock clock) {
        this.credentials = credentials;
        this.channel = channel;
        this.clock = clock;
    }

    /// What a new policy says, once its number and date are known.
    @FunctionalInterface
    private interface Draft<P> {
        P of(long number, Instant issued);
    }

    /// The policy of a kind that is in force, or nothing if none was ever set.
    public <P extends Policy> Optional<P> find(PolicyKind<P> kind) throws AdminException {
        Optional<byte[]> shown = channel.find(path(kind));
        try {
            return shown.isEmpty()
                    ? Optional.empty()
                    : Optional.of(SignedPolicy.of(shown.get()).verify(kind, credentials.organisation()));
        } catch (MalformedException e) {
            throw new AdminException("The server shows a policy that no administrator signed.", e);
        }
    }

    /// Signs the next policy of the server's share and has the server put it in force.
    ///
    /// @param leaseHours and @param restarts as in {@link SharePolicy}; 0 unless `mode` is LEASE
    public SharePolicy setShare(SharePolicy.Mode mode, int leaseHours, int restarts) throws AdminException {
        return set(
                PolicyKind.SHARE,
                (number, issued) -> new SharePolicy(number, mode, leaseHours, restarts, issued),
                "A lease has 1 to " + SharePolicy.MAX_HOURS + " hours and 0 to " + SharePolicy.MAX_RESTARTS
                        + " restarts; no other policy has any.");
    }

    /// Signs the next policy of PINs and has the server put it in force. Numbers as in {@link PinPolicy}.
    public PinPolicy setPin(int shortest, int longestAge, int destroyAfter, boolean askAgain) throws AdminException {
        return set(
                PolicyKind.PIN,
                (number, issued) -> new PinPolicy(number, shortest, longestAge, destroyAfter, askAgain, issued),
                "The shortest PIN has " + PinPolicy.MIN_SHORTEST + " to " + PinPolicy.MAX_SHORTEST
                        + " characters, the longest age is " + PinPolicy.MAX_AGE + " days or 0 for none, and "
                        + PinPolicy.MIN_DESTROY + " to " + PinPolicy.MAX_DESTROY
                        + " wrong PINs destroy, or 0 for none.");
    }

    private <P extends Policy> P set(PolicyKind<P> kind, Draft<P> draft, String range) throws AdminException {
        long number = find(kind).map(Policy::number).orElse(0L) + 1;
        try {
            P policy = draft.of(number, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            channel.put(
                    path(kind),
                    SignedPolicy.of(policy, credentials.certificate(), credentials.signer())
                            .toByteArray());
            return policy;
        } catch (IllegalArgumentException e) {
            throw new AdminException(range, e);
        } catch (Signer.SigningException e) {
            throw new AdminException("The administrator's key does not sign.", e);
        }
    }

    private static String path(PolicyKind<?> kind) {
        return "/admin/v1/" + kind.path();
    }
}
