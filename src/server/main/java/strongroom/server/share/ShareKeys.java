package strongroom.server.share;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import strongroom.oprf.OprfException;
import strongroom.oprf.ServerKey;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.share.ShareKey;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.refusal.RefusedException;

/// The server's keys, one for each slot of a device (RFC 9497 §3.2). A key is made once and never changes;
/// destroyed, nothing brings it back, and what was locked with it stays locked. Safe for all threads.
public final class ShareKeys {
    /// One in use, one that takes its place, and two whose change of PIN was cut off.
    private static final int PER_DEVICE = 4;

    private final Database database;
    private final VerifyingKey lessor;
    private final SecureRandom random;

    /// @param lessor checks the server's leases
    public ShareKeys(Database database, VerifyingKey lessor, SecureRandom random) {
        this.database = database;
        this.lessor = lessor;
        this.random = random;
    }

    /// Makes the key of a slot. The same request again changes nothing and gets the same answer.
    ///
    /// @param confirmationKey checks the confirmations of this slot
    /// @return the public half of the key
    /// @throws RefusedException MALFORMED if the confirmations' key is not Ed25519, NOT_FOUND if the slot is
    ///     another device's, CONFLICT if the slot has another confirmations' key or the device has keys enough
    public ShareKey make(Device caller, Id slot, VerifyingKey confirmationKey) throws RefusedException {
        if (confirmationKey.algorithm() != VerifyingKey.Algorithm.ED25519) {
            throw RefusedException.malformed("Confirmations are signed with Ed25519.");
        }
        byte[] fresh = ServerKey.generate(random).toByteArray();
        byte[] secret = new byte[0];
        try {
            secret = database.write(handle -> {
                Devices.find(handle, caller.id()).requireActive();
                Optional<Id> owner = owner(handle, slot);
                if (owner.isEmpty()) {
                    insert(handle, caller.id(), slot, confirmationKey, fresh);
                } else if (!StoredShare.find(handle, caller.id(), slot)
                        .confirmationKey()
                        .equals(confirmationKey)) {
                    throw new RefusedException(Refusal.CONFLICT, "The slot has another key for its confirmations.");
                }
                return secret(handle, caller.id(), slot);
            });
            return new ShareKey(opened(secret).publicKey(), lessor);
        } finally {
            Arrays.fill(fresh, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// Destroys the keys of all slots of a device, in the transaction of what ends it. Behind it, the log of
    /// the database is emptied ({@link Database#emptyLog}).
    public static void destroyAll(Handle handle, Id device) {
        handle.createUpdate("DELETE FROM share_key WHERE device = :device")
                .bind("device", device.toByteArray())
                .execute();
    }

    /// Destroys the keys of all slots of a device but one. @return whether there were any
    static boolean destroyOthers(Handle handle, Id device, Id slot) {
        return handle.createUpdate("DELETE FROM share_key WHERE device = :device AND slot <> :slot")
                        .bind("device", device.toByteArray())
                        .bind("slot", slot.toByteArray())
                        .execute()
                > 0;
    }

    /// The secret of a slot's key, which the caller fills with zeros. @throws RefusedException NOT_FOUND
    static byte[] secret(Handle handle, Id device, Id slot) throws RefusedException {
        return handle.createQuery("SELECT secret FROM share_key WHERE slot = :slot AND device = :device")
                .bind("slot", slot.toByteArray())
                .bind("device", device.toByteArray())
                .map((row, _) -> row.getBytes("secret"))
                .findOne()
                .orElseThrow(RefusedException::notFound);
    }

    static ServerKey opened(byte[] secret) {
        try {
            return ServerKey.of(secret);
        } catch (OprfException e) {
            throw new IllegalStateException("the database has a share's key that is none", e);
        }
    }

    private static Optional<Id> owner(Handle handle, Id slot) {
        return handle.createQuery("SELECT device FROM share_key WHERE slot = :slot")
                .bind("slot", slot.toByteArray())
                .map((row, _) -> Columns.id(row, "device"))
                .findOne();
    }

    private static void insert(Handle handle, Id device, Id slot, VerifyingKey confirmationKey, byte[] secret)
            throws RefusedException {
        int there = handle.createQuery("SELECT count(*) FROM share_key WHERE device = :device")
                .bind("device", device.toByteArray())
                .mapTo(Integer.class)
                .one();
        if (there >= PER_DEVICE) {
            throw new RefusedException(Refusal.CONFLICT, "The device has keys for four slots already.");
        }
        handle.createUpdate("INSERT INTO share_key (slot, device, secret, confirmation_key)"
                        + " VALUES (:slot, :device, :secret, :key)")
                .bind("slot", slot.toByteArray())
                .bind("device", device.toByteArray())
                .bind("secret", secret)
                .bind("key", Columns.of(confirmationKey))
                .execute();
    }
}
