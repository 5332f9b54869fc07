package strongroom.protocol;

import java.time.Instant;
import java.util.List;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A device as the server lists it. Only `proof` is signed; the rest is what the server says.
///
/// @param device its id
/// @param status where it stands
/// @param enrolled when it came in
/// @param lastSeen when it was last in contact
/// @param granted whether another device has handed it the person's keys, or it made them itself
/// @param proof how it came in
public record DeviceRecord(
        Id device, Status status, Instant enrolled, Instant lastSeen, boolean granted, EnrolmentProof proof) {
    private static final int LIST_LIMIT = 10_000;

    /// Where a device stands at the server.
    public enum Status {
        /// In use.
        ACTIVE(1),
        /// Closed by an order, can be thawed.
        FROZEN(2),
        /// An order to wipe was issued and is not done yet.
        WIPE_PENDING(3),
        /// Wiped; its last receipt is there.
        WIPED(4),
        /// Its certificate is not accepted any more.
        REVOKED(5);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        private static Status of(int code) throws MalformedException {
            for (Status status : values()) {
                if (status.code == code) {
                    return status;
                }
            }
            throw new MalformedException("unknown status of a device");
        }
    }

    private static DeviceRecord read(CanonicalReader in) throws MalformedException {
        return new DeviceRecord(
                Id.read(in), Status.of(in.uint8()), in.instant(), in.instant(), in.bool(), EnrolmentProof.read(in));
    }

    private void write(CanonicalWriter out) {
        device.write(out);
        out.uint8(status.code).instant(enrolled).instant(lastSeen).bool(granted);
        proof.write(out);
    }

    /// Reads a list of devices.
    public static List<DeviceRecord> listOf(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        List<DeviceRecord> devices = in.list(LIST_LIMIT, DeviceRecord::read);
        in.end();
        return devices;
    }

    /// A list of devices in canonical bytes.
    public static byte[] toByteArray(List<DeviceRecord> devices) {
        return new CanonicalWriter()
                .list(devices, (out, device) -> device.write(out))
                .toByteArray();
    }
}
