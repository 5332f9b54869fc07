package strongroom.protocol;

import java.util.Arrays;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a device gets when it has enrolled. Arrays belong to the record once they are given to it.
///
/// @param device its id, which is also the common name of its certificate
/// @param person whom it belongs to
/// @param devicePort TCP port of the server for devices, on the host it enrolled with
/// @param certificate its TLS certificate, X.509 DER
/// @param authority the certificate of the authority that issued it and the server's own, X.509 DER
public record EnrolmentReply(Id device, Id person, int devicePort, byte[] certificate, byte[] authority) {
    private static final int CERTIFICATE_LIMIT = 8192;

    /// Reads a reply.
    public static EnrolmentReply of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        EnrolmentReply reply = new EnrolmentReply(
                Id.read(in), Id.read(in), in.uint32(65535), in.bytes(CERTIFICATE_LIMIT), in.bytes(CERTIFICATE_LIMIT));
        in.end();
        return reply;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        device.write(out);
        person.write(out);
        return out.uint32(devicePort).bytes(certificate).bytes(authority).toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnrolmentReply that && Arrays.equals(toByteArray(), that.toByteArray());
    }

    @Override
    public int hashCode() {
        return device.hashCode();
    }

    @Override
    public String toString() {
        return "EnrolmentReply[" + device + "]";
    }
}
