package strongroom.server.device;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.server.db.Columns;
import strongroom.server.refusal.RefusedException;

/// The TLS keys that a device's TPM certified. Once there is one, every certificate of the device is for such a key:
/// who may use the TPM for a moment must not get a certificate for a key that he takes along. All in the caller's
/// transaction.
public final class ProvenKeys {
    private ProvenKeys() {}

    /// The TPM that the device showed; empty if it showed none.
    public static Optional<TpmIdentity> tpm(Handle handle, Id device) {
        return handle.createQuery("SELECT identity FROM device_tpm WHERE device = :device")
                .bind("device", device.toByteArray())
                .map((row, _) -> Columns.value(row, "identity", TpmIdentity::of))
                .findOne();
    }

    /// From now on the device's keys are in this TPM, one of them is known, and its certificates for others end.
    ///
    /// @throws RefusedException MALFORMED if no good certificate of the device is for that key
    public static void begin(Handle handle, Id device, TpmIdentity tpm, VerifyingKey key, long now)
            throws RefusedException {
        boolean held =
                certified(handle, device, now).stream().map(Certified::key).anyMatch(key.fingerprint()::equals);
        if (!held) {
            throw RefusedException.malformed("The TPM certified another key than the device connects with.");
        }
        handle.createUpdate("DELETE FROM tpm_key WHERE device = :device")
                .bind("device", device.toByteArray())
                .execute();
        handle.createUpdate("INSERT INTO device_tpm (device, identity, at) VALUES (:device, :identity, :now)"
                        + " ON CONFLICT DO UPDATE SET identity = excluded.identity, at = excluded.at")
                .bind("device", device.toByteArray())
                .bind("identity", tpm.toByteArray())
                .bind("now", now)
                .execute();
        add(handle, device, key, now);
        endOthers(handle, device, now);
    }

    /// One more key of the same TPM.
    public static void add(Handle handle, Id device, VerifyingKey key, long now) {
        handle.createUpdate("INSERT INTO tpm_key (device, fingerprint, at) VALUES (:device, :key, :now)"
                        + " ON CONFLICT DO NOTHING")
                .bind("device", device.toByteArray())
                .bind("key", key.fingerprint().toByteArray())
                .bind("now", now)
                .execute();
    }

    /// @throws RefusedException CONFLICT if the device's keys are in its TPM and that of the certificate is not
    static void requireAllowed(Handle handle, Id device, X509Certificate certificate) throws RefusedException {
        if (tpm(handle, device).isPresent() && !keys(handle, device).contains(key(certificate))) {
            throw new RefusedException(
                    Refusal.CONFLICT, "This device has its keys in its TPM, which has not certified this one.");
        }
    }

    private static void endOthers(Handle handle, Id device, long now) {
        Set<Digest> proven = keys(handle, device);
        for (Certified other : certified(handle, device, now)) {
            if (!proven.contains(other.key)) {
                handle.createUpdate("DELETE FROM certificate WHERE fingerprint = :certificate")
                        .bind("certificate", other.certificate.toByteArray())
                        .execute();
            }
        }
    }

    private static Set<Digest> keys(Handle handle, Id device) {
        return handle
                .createQuery("SELECT fingerprint FROM tpm_key WHERE device = :device")
                .bind("device", device.toByteArray())
                .map((row, _) -> Columns.digest(row, "fingerprint"))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /// @param certificate its fingerprint @param key that of its key
    private record Certified(Digest certificate, Digest key) {}

    private static List<Certified> certified(Handle handle, Id device, long now) {
        List<Certified> found = new ArrayList<>();
        List<byte[]> good = handle.createQuery(
                        "SELECT encoded FROM certificate WHERE device = :device AND not_after >= :now")
                .bind("device", device.toByteArray())
                .bind("now", now)
                .map((row, _) -> row.getBytes("encoded"))
                .list();
        for (byte[] encoded : good) {
            found.add(new Certified(Digest.sha256(encoded), key(parsed(encoded))));
        }
        return found;
    }

    private static Digest key(X509Certificate certificate) {
        return Digest.sha256(certificate.getPublicKey().getEncoded());
    }

    private static X509Certificate parsed(byte[] encoded) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw new IllegalStateException("the database is damaged in column encoded", e);
        }
    }
}
