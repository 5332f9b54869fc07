package strongroom.vault.sync.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;

/// Takes any server and notes its key. Good for one request only, the one that asks for the organisation before
/// anything is known: the answer names the root, the caller compares the root with the enrolment code, the root
/// signed the pins, and the noted key must be among them.
final class NotedTrust extends X509ExtendedTrustManager {
    private volatile @Nullable Digest key;

    /// The key of the server that was spoken to; null before the first handshake.
    @Nullable
    Digest key() {
        return key;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        Digest seen = Digest.sha256(chain[0].getPublicKey().getEncoded());
        Digest before = key;
        key = before == null || before.equals(seen) ? seen : Digest.ZERO;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a client trusts no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
