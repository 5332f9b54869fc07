package strongroom.server.http;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import strongroom.protocol.Digest;
import strongroom.protocol.Refusal;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.refusal.RefusedException;

/// Finds out which device asks, anew for each request. The handshake is no place for it: a resumed TLS session skips
/// the checks of certificates, and a connection may stay open for days.
final class Callers {
    private final Devices devices;

    Callers(Devices devices) {
        this.devices = devices;
    }

    /// @throws RefusedException DEVICE_NOT_ACTIVE if the certificate is not, or no longer, one that we know
    Device device(Request request) throws RefusedException {
        if (!(request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session)) {
            throw unknown();
        }
        X509Certificate[] chain = session.peerCertificates();
        if (chain == null || chain.length == 0) {
            throw unknown();
        }
        try {
            Device device =
                    devices.byCertificate(Digest.sha256(chain[0].getEncoded())).orElseThrow(Callers::unknown);
            devices.seen(device.id());
            return device;
        } catch (CertificateEncodingException e) {
            throw unknown();
        }
    }

    private static RefusedException unknown() {
        return new RefusedException(Refusal.DEVICE_NOT_ACTIVE, "No device has this certificate.");
    }
}
