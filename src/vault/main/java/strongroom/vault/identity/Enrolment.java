package strongroom.vault.identity;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// That this device has enrolled: where, with whom, as what.
///
/// @param server where it enrolled: `https`, host and port of the enrolment port
/// @param organisation whom it believes, with the newest pins it knows
/// @param reply what the server gave
/// @param certificate this device's certificate, out of the reply
/// @param authority the authority that issued it and the server's own, out of the reply
public record Enrolment(
        URI server,
        Organisation organisation,
        EnrolmentReply reply,
        X509Certificate certificate,
        X509Certificate authority) {
    private static final int URI_LIMIT = 1024;
    private static final int REPLY_LIMIT = 32_768;

    /// The device's id.
    public Id device() {
        return reply.device();
    }

    /// The person's id.
    public Id person() {
        return reply.person();
    }

    /// Where devices connect to.
    public URI deviceServer() {
        return URI.create("https://" + bracketed(server.getHost()) + ":" + reply.devicePort());
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /// Checks a server's reply against the device's own key.
    ///
    /// @throws IdentityException `REPLY_REFUSED` if the certificate is for another key, another device, or not from
    ///     the authority it came with
    static Enrolment of(URI server, Organisation organisation, EnrolmentReply reply, PublicKey tlsKey)
            throws IdentityException {
        try {
            X509Certificate certificate = certificate(reply.certificate());
            X509Certificate authority = certificate(reply.authority());
            certificate.verify(authority.getPublicKey());
            boolean own = Arrays.equals(certificate.getPublicKey().getEncoded(), tlsKey.getEncoded())
                    && certificate.getSubjectX500Principal().getName().equals("CN=" + reply.device())
                    && authority.getBasicConstraints() >= 0;
            if (!own) {
                throw new IdentityException(
                        IdentityException.Why.REPLY_REFUSED,
                        "The server gave a certificate that is not for this device. Tell your administrator.");
            }
            return new Enrolment(server, organisation, reply, certificate, authority);
        } catch (GeneralSecurityException e) {
            throw new IdentityException(
                    IdentityException.Why.REPLY_REFUSED,
                    "The server gave a certificate that does not hold. Tell your administrator.",
                    e);
        }
    }

    /// When the certificate ends.
    Instant goodUntil() {
        return certificate.getNotAfter().toInstant();
    }

    /// The same with a certificate that is good for longer. @throws IdentityException `REPLY_REFUSED` if it is not
    Enrolment with(byte[] renewed, PublicKey tlsKey) throws IdentityException {
        EnrolmentReply kept =
                new EnrolmentReply(reply.device(), reply.person(), reply.devicePort(), renewed, reply.authority());
        Enrolment next = of(server, organisation, kept, tlsKey);
        if (!next.goodUntil().isAfter(goodUntil())) {
            throw new IdentityException(
                    IdentityException.Why.REPLY_REFUSED,
                    "The server gave a certificate that ends no later than the present one. Tell your administrator.");
        }
        return next;
    }

    byte[] toByteArray() {
        return new CanonicalWriter()
                .text(server.toString())
                .bytes(reply.toByteArray())
                .toByteArray();
    }

    static Enrolment read(byte[] encoded, Organisation organisation) throws MalformedException {
        try {
            CanonicalReader in = new CanonicalReader(encoded);
            URI server = new URI(in.text(URI_LIMIT));
            EnrolmentReply reply = EnrolmentReply.of(in.bytes(REPLY_LIMIT));
            in.end();
            return new Enrolment(
                    server, organisation, reply, certificate(reply.certificate()), certificate(reply.authority()));
        } catch (URISyntaxException | CertificateException e) {
            throw new MalformedException("not an enrolment", e);
        }
    }

    private static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
