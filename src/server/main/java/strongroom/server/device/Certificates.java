package strongroom.server.device;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.server.db.Database;
import strongroom.server.refusal.RefusedException;

/// The certificates that devices hold, and how they renew them. A device may have several that are good: the answer
/// with the new one may have been lost.
public final class Certificates {
    private final CertificateAuthority authority;
    private final Database database;
    private final Clock clock;

    /// @param authority issues the new certificates
    public Certificates(CertificateAuthority authority, Database database, Clock clock) {
        this.authority = authority;
        this.database = database;
        this.clock = clock;
    }

    /// Issues one more certificate to a device that is in contact with a good one.
    ///
    /// @param signingRequest PKCS#10, DER, of the key it has or of a new one
    /// @return the certificate, DER
    /// @throws RefusedException CONFLICT if its keys are in its TPM and this one is not
    public byte[] renew(Id device, byte[] signingRequest) throws RefusedException {
        X509Certificate certificate = authority.forDevice(device, SigningRequest.publicKey(signingRequest));
        database.write(handle -> {
            Devices.find(handle, device).requireActive();
            ProvenKeys.requireAllowed(handle, device, certificate);
            handle.createUpdate("DELETE FROM certificate WHERE device = :device AND not_after < :now")
                    .bind("device", device.toByteArray())
                    .bind("now", clock.millis())
                    .execute();
            keep(handle, device, certificate);
            return null;
        });
        return encoded(certificate);
    }

    static void keep(Handle handle, Id device, X509Certificate certificate) {
        byte[] encoded = encoded(certificate);
        handle.createUpdate("INSERT INTO certificate (fingerprint, device, encoded, not_after)"
                        + " VALUES (:fingerprint, :device, :encoded, :until)")
                .bind("fingerprint", Digest.sha256(encoded).toByteArray())
                .bind("device", device.toByteArray())
                .bind("encoded", encoded)
                .bind("until", certificate.getNotAfter().toInstant().toEpochMilli())
                .execute();
    }

    static byte[] first(Handle handle, Id device) throws RefusedException {
        return handle.createQuery("SELECT encoded FROM certificate WHERE device = :device ORDER BY not_after LIMIT 1")
                .bind("device", device.toByteArray())
                .map((row, _) -> row.getBytes("encoded"))
                .findOne()
                .orElseThrow(RefusedException::notFound);
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was just issued has an encoding", e);
        }
    }
}
