package strongroom.server.share;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signer;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SharePolicy;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.LeaseRequest;
import strongroom.protocol.share.PowerClock;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.policy.Policies;
import strongroom.server.refusal.RefusedException;

/// Leases: for how long a laptop's TPM gives out the server's share without the server. Safe for all threads.
public final class Leases {
    private final Database database;
    private final Policies policies;
    private final Signer lessor;
    private final Clock clock;

    /// @param policies say for how long @param lessor signs
    public Leases(Database database, Policies policies, Signer lessor, Clock clock) {
        this.database = database;
        this.policies = policies;
        this.lessor = lessor;
        this.clock = clock;
    }

    /// Grants a lease of the policy in force, from what the device's TPM shows on.
    ///
    /// @throws RefusedException NOT_FOUND if the device has no such slot here; CONFLICT if the policy in force
    ///     grants none, if the slot was never opened, or if no TPM can show this reading now
    public Lease.Granted grant(Device caller, Id slot, LeaseRequest request) throws RefusedException {
        PowerClock reading = request.clock();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Lease lease = database.write(handle -> {
            Devices.find(handle, caller.id()).requireActive();
            StoredShare share = StoredShare.find(handle, caller.id(), slot);
            SharePolicy policy = policies.inForce(handle, PolicyKind.SHARE)
                    .filter(inForce -> inForce.mode() == SharePolicy.Mode.LEASE)
                    .orElseThrow(() -> refused("The policy in force grants no leases."));
            if (share.confirmed().isEmpty()) {
                throw refused("The slot was never opened.");
            }
            Lease granted = lease(slot, request, policy, now);
            keep(handle, slot, highest(share, reading, now));
            Exposure.extend(handle, caller.id(), granted.expires());
            return granted;
        });
        try {
            return lease.grant(lessor);
        } catch (Signer.SigningException e) {
            throw new IllegalStateException("the server's lease key does not sign", e);
        }
    }

    private static HighestReading highest(StoredShare share, PowerClock reading, Instant now) throws RefusedException {
        HighestReading first = new HighestReading(reading.clock(), now);
        return share.reading()
                .orElse(first)
                .with(reading.clock(), now)
                .orElseThrow(() -> refused("The clock of the TPM cannot be there now."));
    }

    private static Lease lease(Id slot, LeaseRequest request, SharePolicy policy, Instant now) throws RefusedException {
        try {
            return Lease.of(slot, request, policy, now);
        } catch (ArithmeticException e) {
            throw refused("No TPM has counted as far.");
        }
    }

    private static void keep(Handle handle, Id slot, HighestReading highest) {
        handle.createUpdate("UPDATE share_key SET reading = :reading, reading_at = :at WHERE slot = :slot")
                .bind("reading", highest.clock())
                .bind("at", highest.at().toEpochMilli())
                .bind("slot", slot.toByteArray())
                .execute();
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException(Refusal.CONFLICT, sentence);
    }
}
