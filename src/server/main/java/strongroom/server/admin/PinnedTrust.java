package strongroom.server.admin;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import strongroom.protocol.Digest;

/// Trusts a server by the SHA-256 of its key (as in RFC 7469 §2.4) and by nothing else: the root signed the pins, so
/// no authority and no name can vouch for another server. Extended, so that the JDK adds no check of names: the
/// address of a server may change, its key is what was agreed on.
final class PinnedTrust extends X509ExtendedTrustManager {
    private final List<Digest> pins;

    PinnedTrust(List<Digest> pins) {
        this.pins = List.copyOf(pins);
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        chain[0].checkValidity();
        if (!pins.contains(Digest.sha256(chain[0].getPublicKey().getEncoded()))) {
            throw new CertificateException("the server has another key than the organisation's root signed");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
