package strongroom.server.device;

import org.jspecify.annotations.Nullable;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.refusal.RefusedException;

/// A device as it stood when it was read.
///
/// @param id its id
/// @param person whom it belongs to
/// @param status where it stands
/// @param statementKey checks its receipts
/// @param personKey checks what the person signs; null while the person has no first device
public record Device(
        Id id,
        Id person,
        DeviceRecord.Status status,
        VerifyingKey statementKey,
        @Nullable VerifyingKey personKey) {
    /// Anything but orders and receipts is for active devices only.
    ///
    /// @throws RefusedException DEVICE_NOT_ACTIVE
    public void requireActive() throws RefusedException {
        if (status != DeviceRecord.Status.ACTIVE) {
            throw new RefusedException(
                    Refusal.DEVICE_NOT_ACTIVE, "This device is not active. Ask for its orders and obey them.");
        }
    }

    /// Checks a statement of the device's person.
    ///
    /// @throws RefusedException MALFORMED if it is not one
    public <T> T openedByPerson(Statement<T> statement) throws RefusedException {
        if (personKey == null) {
            throw RefusedException.malformed("The person has no keys yet.");
        }
        try {
            return statement.open(personKey);
        } catch (MalformedException e) {
            throw RefusedException.malformed("This is not signed by the person that the device belongs to.");
        }
    }

    /// Something signed.
    @FunctionalInterface
    public interface Statement<T> {
        /// What it says, if `key` signed it.
        T open(VerifyingKey key) throws MalformedException;
    }
}
