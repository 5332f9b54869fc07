package strongroom.server.posture;

import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.posture.KeyProof;

/// What a server knows of how a device stands, as administrators get it.
///
/// @param device its id
/// @param proof what it has seen of where the device's TLS keys are
/// @param report the device's newest {@link strongroom.protocol.posture.PostureReport}; null if there is none
public record DevicePosture(
        Id device, KeyProof proof, @Nullable Signed report) {
    private static final int LIST_LIMIT = 100_000;

    /// Of a device of which nothing is known.
    public static DevicePosture none(Id device) {
        return new DevicePosture(device, KeyProof.NONE, null);
    }

    private static DevicePosture read(CanonicalReader in) throws MalformedException {
        return new DevicePosture(Id.read(in), KeyProof.read(in), in.bool() ? Signed.read(in) : null);
    }

    private void write(CanonicalWriter out) {
        device.write(out);
        proof.write(out);
        out.bool(report != null);
        if (report != null) {
            report.write(out);
        }
    }

    /// Reads a list.
    public static List<DevicePosture> listOf(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        List<DevicePosture> postures = in.list(LIST_LIMIT, DevicePosture::read);
        in.end();
        return postures;
    }

    /// A list in canonical bytes.
    public static byte[] toByteArray(List<DevicePosture> postures) {
        return new CanonicalWriter()
                .list(postures, (out, posture) -> posture.write(out))
                .toByteArray();
    }
}
