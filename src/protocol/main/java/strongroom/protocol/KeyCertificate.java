package strongroom.protocol;

import java.time.Instant;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Says that a key may act in a role for a subject and for a time. The root certifies administrators, an
/// administrator certifies enrolment codes; nothing else is certified this way.
///
/// @param role what the key may do
/// @param subject the administrator's id, or the person the code is for
/// @param name the administrator's or the person's name, as people read it
/// @param key the key that is certified
/// @param notBefore first moment it is good for
/// @param notAfter last moment it is good for
public record KeyCertificate(
        Role role, Id subject, String name, VerifyingKey key, Instant notBefore, Instant notAfter) {
    private static final int NAME_LIMIT = 256;

    /// What a certified key may do.
    public enum Role {
        /// Certify codes, sign orders, ask the administrators' port.
        ADMINISTRATOR(1),
        /// Sign one enrolment request for the subject.
        CODE(2);

        private final int code;

        Role(int code) {
            this.code = code;
        }
    }

    /// Reads a certificate that `issuer` signed.
    ///
    /// @param expected the role it must have: a code is no administrator
    /// @param at the moment it must be good for
    /// @throws MalformedException if signature, role or time do not hold
    public static KeyCertificate open(Signed signed, VerifyingKey issuer, Role expected, Instant at)
            throws MalformedException {
        KeyCertificate certificate = parse(signed.open(issuer, Signed.Purpose.KEY_CERTIFICATE));
        if (certificate.role != expected) {
            throw new MalformedException("certificate is for another role");
        }
        if (at.isBefore(certificate.notBefore) || at.isAfter(certificate.notAfter)) {
            throw new MalformedException("certificate is outside its time");
        }
        return certificate;
    }

    /// Has `issuer` sign this certificate.
    public Signed sign(Signer issuer) throws Signer.SigningException {
        return Signed.by(issuer, Signed.Purpose.KEY_CERTIFICATE, toByteArray());
    }

    private static KeyCertificate parse(byte[] payload) throws MalformedException {
        CanonicalReader in = new CanonicalReader(payload);
        Role role =
                switch (in.uint8()) {
                    case 1 -> Role.ADMINISTRATOR;
                    case 2 -> Role.CODE;
                    default -> throw new MalformedException("unknown role");
                };
        KeyCertificate certificate = new KeyCertificate(
                role, Id.read(in), in.text(NAME_LIMIT), VerifyingKey.read(in), in.instant(), in.instant());
        in.end();
        return certificate;
    }

    private byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().uint8(role.code);
        subject.write(out);
        out.text(name);
        key.write(out);
        return out.instant(notBefore).instant(notAfter).toByteArray();
    }
}
