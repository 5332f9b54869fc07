package strongroom.server.share;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.oprf.OprfException;
import strongroom.oprf.ServerKey;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.Evaluation;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.refusal.RefusedException;

/// Answers to blinded PINs, each a try that is counted, and the confirmations that give tries back: only who
/// opened the slot can sign one. Safe for all threads.
public final class Evaluations {
    private static final Logger LOG = LoggerFactory.getLogger(Evaluations.class);

    private final Database database;
    private final Tries tries;
    private final SecureRandom random;

    /// @param clock measures pauses
    public Evaluations(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.tries = new Tries(clock);
        this.random = random;
    }

    /// Evaluates a blinded element with the key of a slot (RFC 9497 §3.3.2).
    ///
    /// @throws RefusedException NOT_FOUND if the device has no such slot here, PAUSED after too many tries,
    ///     MALFORMED if it is no element of the group; then no try is counted
    public Evaluation evaluate(Device caller, Id slot, byte[] blinded) throws RefusedException {
        byte[] secret = database.read(handle -> {
            tries.requireOpen(handle, caller.id());
            return ShareKeys.secret(handle, caller.id(), slot);
        });
        try {
            // Before the one writer is taken: it takes long for a computer, and everybody else would wait.
            ServerKey.Answer answer = answer(secret, blinded);
            Id ticket = Id.random(random);
            int left = database.write(handle -> {
                Devices.find(handle, caller.id()).requireActive();
                tries.requireOpen(handle, caller.id());
                // The key may have been destroyed meanwhile.
                putTicket(handle, slot, secret, ticket);
                return tries.count(handle, caller.id());
            });
            if (left == 0) {
                LOG.warn("device {}: many tries were not confirmed", caller.id());
            }
            return new Evaluation(answer.element(), answer.proof(), ticket, left);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// Takes a confirmation of the latest try of a slot: the device's count begins anew, and the keys of its
    /// other slots are destroyed, so that a copy of a slot with an earlier PIN opens nothing any more. The same
    /// confirmation again changes nothing.
    ///
    /// @throws RefusedException NOT_FOUND if the device has no such slot here, MALFORMED if the key of the slot
    ///     did not sign it, CONFLICT if it is of another try
    public void confirm(Device caller, Id slot, Signed confirmation) throws RefusedException {
        boolean destroyed = database.write(handle -> {
            Devices.find(handle, caller.id()).requireActive();
            StoredShare share = StoredShare.find(handle, caller.id(), slot);
            Id ticket = ticket(confirmation, share.confirmationKey(), slot);
            // One that is sent again must not give back tries that were made since, nor destroy keys.
            if (share.confirmed().equals(Optional.of(ticket))) {
                return false;
            }
            if (!share.ticket().equals(Optional.of(ticket))) {
                throw new RefusedException(Refusal.CONFLICT, "This is not the latest try of the slot.");
            }
            handle.createUpdate("UPDATE share_key SET confirmed = ticket WHERE slot = :slot")
                    .bind("slot", slot.toByteArray())
                    .execute();
            Tries.forgive(handle, caller.id());
            return ShareKeys.destroyOthers(handle, caller.id(), slot);
        });
        if (destroyed) {
            LOG.info("device {}: the keys of earlier slots are destroyed", caller.id());
            database.emptyLog();
        }
    }

    private ServerKey.Answer answer(byte[] secret, byte[] blinded) throws RefusedException {
        try {
            return ShareKeys.opened(secret).evaluate(blinded, random);
        } catch (OprfException e) {
            throw RefusedException.malformed("This is no element of the group.");
        }
    }

    private static void putTicket(Handle handle, Id slot, byte[] secret, Id ticket) throws RefusedException {
        int changed = handle.createUpdate(
                        "UPDATE share_key SET ticket = :ticket WHERE slot = :slot AND secret = :secret")
                .bind("ticket", ticket.toByteArray())
                .bind("slot", slot.toByteArray())
                .bind("secret", secret)
                .execute();
        if (changed == 0) {
            throw RefusedException.notFound();
        }
    }

    private static Id ticket(Signed confirmation, VerifyingKey key, Id slot) throws RefusedException {
        try {
            return Evaluation.confirmed(confirmation, key, slot);
        } catch (MalformedException e) {
            throw RefusedException.malformed("The key of this slot did not sign this.");
        }
    }
}
