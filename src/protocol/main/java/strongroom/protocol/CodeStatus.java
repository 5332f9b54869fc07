package strongroom.protocol;

import org.jspecify.annotations.Nullable;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What the server says of an enrolment code before it is used.
///
/// @param administrator certificate of who made it, signed by the root
/// @param code certificate of the code, signed by the administrator
/// @param used whether a device enrolled with it already
/// @param firstDevice how the person's first device came in, with the person's keys; null if there is none yet
/// @param firstDeviceAt when that was, in milliseconds; 0 if there is none
public record CodeStatus(
        Signed administrator,
        Signed code,
        boolean used,
        @Nullable EnrolmentProof firstDevice,
        long firstDeviceAt) {
    /// Reads a status; verifies nothing.
    public static CodeStatus of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        CodeStatus status = new CodeStatus(
                Signed.read(in), Signed.read(in), in.bool(), in.bool() ? EnrolmentProof.read(in) : null, in.int64());
        in.end();
        return status;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        administrator.write(out);
        code.write(out);
        out.bool(used).bool(firstDevice != null);
        if (firstDevice != null) {
            firstDevice.write(out);
        }
        return out.int64(firstDeviceAt).toByteArray();
    }
}
