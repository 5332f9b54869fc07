package strongroom.protocol;

import java.time.Instant;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// How a device came in, in a form that anyone who knows the root can check: root, administrator, code, request.
///
/// @param administrator certificate of the administrator, signed by the root
/// @param code certificate of the code, signed by the administrator
/// @param request the request, signed by the code
public record EnrolmentProof(Signed administrator, Signed code, Signed request) {
    /// What a valid proof says.
    ///
    /// @param person the person's id
    /// @param personName the person's name
    /// @param request what the device asked for
    public record Verified(Id person, String personName, EnrolmentRequest request) {}

    /// Follows the chain.
    ///
    /// @param at when the device enrolled: the certificates must have been good then
    /// @throws MalformedException if any link does not hold: nothing of the proof may be used
    public Verified verify(Organisation organisation, Instant at) throws MalformedException {
        KeyCertificate admin = organisation.administrator(administrator, at);
        KeyCertificate certified = KeyCertificate.open(code, admin.key(), KeyCertificate.Role.CODE, at);
        return new Verified(certified.subject(), certified.name(), EnrolmentRequest.open(request, certified.key()));
    }

    /// Reads the three signed statements; verifies nothing.
    public static EnrolmentProof read(CanonicalReader in) throws MalformedException {
        return new EnrolmentProof(Signed.read(in), Signed.read(in), Signed.read(in));
    }

    /// Reads from bytes that hold nothing else.
    public static EnrolmentProof of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        EnrolmentProof proof = read(in);
        in.end();
        return proof;
    }

    /// Writes the three signed statements.
    public void write(CanonicalWriter out) {
        administrator.write(out);
        code.write(out);
        request.write(out);
    }

    /// The three signed statements in canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        write(out);
        return out.toByteArray();
    }
}
