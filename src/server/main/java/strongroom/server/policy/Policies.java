package strongroom.server.policy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.Policy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.server.audit.Audit;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.device.Devices;
import strongroom.server.events.EventHub;
import strongroom.server.people.Administrator;
import strongroom.server.refusal.RefusedException;

/// Which policy of each kind is in force: the one with the highest number that an administrator signed. Earlier ones
/// are kept, so that each row of the audit log has what it names. Safe for all threads.
public final class Policies {
    private static final Logger LOG = LoggerFactory.getLogger(Policies.class);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Organisation organisation;
    private final Database database;
    private final EventHub events;
    private final Audit audit;
    private final Clock clock;

    /// @param organisation whose root certifies who may set one @param events tells all devices of a new one
    public Policies(Organisation organisation, Database database, EventHub events, Audit audit, Clock clock) {
        this.organisation = organisation;
        this.database = database;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /// Puts a policy in force. The one in force again changes nothing.
    ///
    /// @param carrier who brought it; the policy has a signature of its own
    /// @throws RefusedException MALFORMED if it is nobody's policy or from the future, CONFLICT if its number
    ///     is not above that of the one in force
    public void put(Administrator carrier, PolicyKind<?> kind, SignedPolicy signed) throws RefusedException {
        Policy policy = verified(kind, signed);
        Optional<List<Id>> listeners = database.write(handle -> {
            Optional<SignedPolicy> present = find(handle, kind);
            if (present.equals(Optional.of(signed))) {
                return Optional.<List<Id>>empty();
            }
            if (present.isPresent()
                    && policy.number() <= opened(kind, present.get()).number()) {
                throw new RefusedException(Refusal.CONFLICT, "The policy in force has this number or a higher one.");
            }
            handle.createUpdate("INSERT INTO policy (kind, number, statement) VALUES (:kind, :number, :statement)")
                    .bind("kind", kind.word())
                    .bind("number", policy.number())
                    .bind("statement", signed.toByteArray())
                    .execute();
            audit.record(
                    handle,
                    carrier.fingerprint(),
                    kind.path(),
                    signed.policy().digest().toByteArray());
            return Optional.of(Devices.active(handle));
        });
        if (listeners.isPresent()) {
            LOG.info("{} policy {} is in force", kind, policy.number());
            events.publish(listeners.get(), Wire.EVENT_POLICY, Long.toString(policy.number()));
        }
    }

    /// The policy in force, as it was signed. @throws RefusedException NOT_FOUND if none was ever set
    public SignedPolicy get(PolicyKind<?> kind) throws RefusedException {
        return database.read(handle -> find(handle, kind).orElseThrow(RefusedException::notFound));
    }

    /// What is in force, in a transaction; nothing if none was ever set.
    public <P extends Policy> Optional<P> inForce(Handle handle, PolicyKind<P> kind) {
        return find(handle, kind).map(kept -> opened(kind, kept));
    }

    private Policy verified(PolicyKind<?> kind, SignedPolicy signed) throws RefusedException {
        try {
            Policy policy = signed.verify(kind, organisation);
            if (!policy.issued().isAfter(clock.instant().plus(CLOCKS_DIFFER))) {
                return policy;
            }
        } catch (MalformedException e) {
            LOG.warn("a policy was refused that no administrator signed");
        }
        throw RefusedException.malformed("This is no policy of an administrator for now.");
    }

    private <P extends Policy> P opened(PolicyKind<P> kind, SignedPolicy kept) {
        try {
            return kept.verify(kind, organisation);
        } catch (MalformedException e) {
            throw new IllegalStateException("the database has a policy that no administrator signed", e);
        }
    }

    private static Optional<SignedPolicy> find(Handle handle, PolicyKind<?> kind) {
        return handle.createQuery("SELECT statement FROM policy WHERE kind = :kind ORDER BY number DESC LIMIT 1")
                .bind("kind", kind.word())
                .map((row, _) -> Columns.value(row, "statement", SignedPolicy::of))
                .findOne();
    }
}
