package strongroom.vault.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.oprf.BlindedInput;
import strongroom.oprf.OprfException;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.share.Evaluation;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.ShareKey;
import strongroom.vault.agent.AgentException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.seal.LeaseSealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.slot.LeaseFiles;
import strongroom.vault.slot.LeaseFiles.Kept;
import strongroom.vault.slot.ShareException;
import strongroom.vault.slot.ShareException.Why;
import strongroom.vault.slot.ShareSource;
import strongroom.vault.sync.ShareServer;

/// The server's share for one slot: from a lease where there is one that runs, otherwise from the server, by the agent,
/// which sees a blinded element and nothing else (RFC 9497 §3.3.2).
final class ServerShare implements ShareSource {
    private static final Logger LOG = LoggerFactory.getLogger(ServerShare.class);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final AgentConnection agent;
    private final LeaseFiles files;
    private final @Nullable LeaseSealer leases;
    private final boolean leased;
    private final Clock clock;
    private final SecureRandom random;

    /// @param leases of the machine; empty if it cannot hold to a lease @param leased whether the policy grants leases
    ServerShare(
            AgentConnection agent,
            LeaseFiles files,
            Optional<LeaseSealer> leases,
            boolean leased,
            Clock clock,
            SecureRandom random) {
        this.agent = agent;
        this.files = files;
        this.leases = leases.orElse(null);
        this.leased = leased;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public ShareKey register(Id slot, VerifyingKey confirmation) throws ShareException {
        try {
            return agent.put(link -> link.registerShare(slot, confirmation));
        } catch (AgentException e) {
            throw refused(e, false);
        }
    }

    @Override
    public Share share(Id slot, ShareKey key, SecretBytes input, SecretBytes leaseAuthorisation) throws ShareException {
        Kept lease = lease(slot, key);
        if (lease != null) {
            SecretBytes share = leased(slot, lease, leaseAuthorisation);
            if (share != null) {
                return new Leased(share);
            }
        }
        return asked(slot, key, input, leaseAuthorisation, lease != null);
    }

    private @Nullable Kept lease(Id slot, ShareKey key) {
        try {
            return files.lease(slot, key.lessor()).orElse(null);
        } catch (IOException e) {
            LOG.warn("the lease cannot be read");
            return null;
        }
    }

    /// By the wall clock, which anybody can set: it can only end a lease earlier. The machine holds to the rest.
    private boolean runs(Lease lease) {
        Instant now = clock.instant();
        return !now.isBefore(lease.issued().minus(CLOCKS_DIFFER)) && !now.isAfter(lease.expires());
    }

    /// @return null if the lease does not run any more, or the machine does not give the share out
    private @Nullable SecretBytes leased(Id slot, Kept lease, SecretBytes authorisation) {
        try {
            byte[] sealed = files.share(slot).orElse(null);
            if (leases == null || sealed == null || !runs(lease.terms())) {
                return null;
            }
            return leases.unseal(sealed, authorisation, lease.granted());
        } catch (SealException e) {
            LOG.info("the lease does not open: {}", e.why());
            return null;
        } catch (IOException e) {
            LOG.warn("the share cannot be read");
            return null;
        }
    }

    private Share asked(Id slot, ShareKey key, SecretBytes input, SecretBytes leaseAuthorisation, boolean hadLease)
            throws ShareException {
        try (BlindedInput blinded =
                input.<BlindedInput, OprfException>use(bytes -> BlindedInput.blind(bytes, random))) {
            byte[] element = blinded.element();
            return switch (agent.put(link -> link.evaluateShare(slot, element))) {
                case ShareServer.Answer.Paused(Duration pause) -> throw ShareException.paused(pause);
                case ShareServer.Answer.Evaluated(Evaluation evaluation) -> {
                    byte[] share = blinded.finish(evaluation.element(), evaluation.proof(), key.point());
                    yield new Asked(slot, key, SecretBytes.ofAndZero(share), leaseAuthorisation.copy(), evaluation);
                }
            };
        } catch (OprfException e) {
            throw new ShareException(
                    Why.UNTRUE,
                    "What answered is not the server that this laptop is sealed with. Nothing was opened."
                            + " Tell your administrator.",
                    e);
        } catch (AgentException e) {
            throw refused(e, hadLease);
        }
    }

    private static ShareException refused(AgentException e, boolean hadLease) {
        return switch (e.why()) {
            case DEVICE_REFUSED -> new ShareException(Why.REFUSED, String.valueOf(e.getMessage()), e);
            case REFUSED ->
                new ShareException(
                        Why.GONE,
                        "Your organisation's server has no part of this laptop's key any more, so it cannot be opened."
                                + " What was synchronised is safe. Ask your administrator.",
                        e);
            case AGENT_MISSING,
                    NOT_ENROLLED,
                    ALREADY_ENROLLED,
                    CODE_WRONG,
                    CODE_USED,
                    CODE_EXPIRED,
                    OFFLINE,
                    CHANNEL_DENIED,
                    SERVER_CONTRADICTS,
                    SEAL_ABSENT,
                    SEAL_LOCKED,
                    SEAL_BROKEN,
                    WIPED,
                    IO ->
                hadLease
                        ? new ShareException(
                                Why.LEASE_OVER,
                                "This laptop was away from your organisation's server for longer than allowed."
                                        + " Connect to the network and try again. ("
                                        + e.getMessage() + ")",
                                e)
                        : new ShareException(
                                Why.UNREACHABLE,
                                "Your organisation's server takes part in opening this laptop, and cannot be asked."
                                        + " Connect to the network and try again. ("
                                        + e.getMessage() + ")",
                                e);
        };
    }

    private record Leased(SecretBytes secret) implements Share {
        @Override
        public void opened(SigningKey confirmation) {
            // The machine counted, and it knows.
        }

        @Override
        public void close() {
            secret.close();
        }
    }

    private final class Asked implements Share {
        private final Id slot;
        private final ShareKey key;
        private final SecretBytes secret;
        private final SecretBytes leaseAuthorisation;
        private final Evaluation evaluation;

        /// @param secret taken over @param leaseAuthorisation taken over
        private Asked(
                Id slot, ShareKey key, SecretBytes secret, SecretBytes leaseAuthorisation, Evaluation evaluation) {
            this.slot = slot;
            this.key = key;
            this.secret = secret;
            this.leaseAuthorisation = leaseAuthorisation;
            this.evaluation = evaluation;
        }

        @Override
        public SecretBytes secret() {
            return secret;
        }

        @Override
        public void opened(SigningKey confirmation) {
            keepForLease();
            Signed confirmed = confirmed(confirmation);
            try {
                agent.put(link -> {
                    link.confirmShare(slot, confirmed);
                    return slot;
                });
            } catch (AgentException e) {
                // The server counts one try too many until the next unlock.
                LOG.info("an unlock was not confirmed to the server: {}", e.why());
            }
        }

        private Signed confirmed(SigningKey confirmation) {
            try {
                return evaluation.confirm(slot, confirmation);
            } catch (Signer.SigningException e) {
                throw new IllegalStateException("a key in memory signs", e);
            }
        }

        /// Once for each slot: leases come and go, the share stays the same.
        private void keepForLease() {
            try {
                if (leases != null && leased && files.share(slot).isEmpty()) {
                    files.keep(slot, leases.seal(secret, leaseAuthorisation, key.lessor(), slot));
                }
            } catch (SealException e) {
                LOG.warn("the share is not kept for a lease: {}", e.why());
            } catch (IOException e) {
                LOG.warn("the share is not kept for a lease: the disk refused");
            }
        }

        @Override
        public void close() {
            secret.close();
            leaseAuthorisation.close();
        }
    }
}
