package strongroom.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// The person's private keys, as a {@link Grant} hands them to a device, sealed to the organisation's
/// {@link RecoveryKey}. Signed by the person's key, so nobody can leave other keys in their name. The array belongs
/// to the record.
///
/// @param person whose keys they are
/// @param key fingerprint of the recovery key that opens them
/// @param sealed the keys, HPKE to the recovery key with person and fingerprint bound in
public record RecoveryGrant(Id person, Digest key, byte[] sealed) {
    private static final int SEALED_LIMIT = 16_384;
    private static final int LIST_LIMIT = 1000;
    private static final String INFO = "strongroom recovery grant v1";

    /// What the keys are sealed for: the `info` of HPKE (RFC 9180 §5.1).
    public static byte[] info() {
        return INFO.getBytes(StandardCharsets.US_ASCII);
    }

    /// What the seal is bound to: the associated data of HPKE.
    public static byte[] bound(Id person, Digest key) {
        CanonicalWriter out = new CanonicalWriter();
        person.write(out);
        key.write(out);
        return out.toByteArray();
    }

    /// Reads a grant that `person` signed.
    public static RecoveryGrant open(Signed signed, VerifyingKey person) throws MalformedException {
        CanonicalReader in = new CanonicalReader(signed.open(person, Signed.Purpose.RECOVERY_GRANT));
        RecoveryGrant grant = new RecoveryGrant(Id.read(in), Digest.read(in), in.bytes(SEALED_LIMIT));
        in.end();
        return grant;
    }

    /// Has the person's key sign this grant.
    public Signed sign(Signer person) throws Signer.SigningException {
        CanonicalWriter out = new CanonicalWriter();
        this.person.write(out);
        key.write(out);
        return Signed.by(
                person, Signed.Purpose.RECOVERY_GRANT, out.bytes(sealed).toByteArray());
    }

    /// Reads a list of signed grants; verifies nothing.
    public static List<Signed> listOf(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        List<Signed> grants = in.list(LIST_LIMIT, Signed::read);
        in.end();
        return grants;
    }

    /// A list of signed grants in canonical bytes.
    public static byte[] toByteArray(List<Signed> grants) {
        return new CanonicalWriter()
                .list(grants, (out, grant) -> grant.write(out))
                .toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecoveryGrant that
                && person.equals(that.person)
                && key.equals(that.key)
                && Arrays.equals(sealed, that.sealed);
    }

    @Override
    public int hashCode() {
        return person.hashCode();
    }

    @Override
    public String toString() {
        return "RecoveryGrant[" + person + "]";
    }
}
