package strongroom.vault.sync.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.vault.sync.tls.ChannelDeniedException.Reason;

/// Takes a server only if the key of its certificate is pinned *and* the certificate is good for the host and now
/// *and* its path ends at the organisation's authority. It never asks the trust stores of Java or of the system, so
/// an authority that an administrator of the network put there counts for nothing.
///
/// The pin is compared in every full handshake; a resumed session was made under the same pins, because new pins
/// mean a new context.
final class PinnedTrust extends X509ExtendedTrustManager {
    private final String host;
    private final Set<Digest> pins;
    private final @Nullable X509ExtendedTrustManager authority;
    private final Clock clock;
    private final DefaultHostnameVerifier hostNames = new DefaultHostnameVerifier();

    /// @param authority validates the path; null only before enrolment, when no authority is known yet and the
    ///     pinned key alone vouches
    PinnedTrust(String host, Set<Digest> pins, @Nullable X509ExtendedTrustManager authority, Clock clock) {
        this.host = host;
        this.pins = pins;
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, trust -> trust.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, trust -> trust.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, trust -> trust.checkServerTrusted(chain, authType));
    }

    private interface Path {
        void validate(X509ExtendedTrustManager authority) throws CertificateException;
    }

    private void check(X509Certificate[] chain, Path path) throws CertificateException {
        X509Certificate leaf = chain[0];
        if (!pins.contains(Digest.sha256(leaf.getPublicKey().getEncoded()))) {
            throw wrongKey(leaf, path);
        }
        checkTime(leaf);
        checkHost(leaf);
        if (authority == null) {
            return;
        }
        try {
            path.validate(authority);
        } catch (CertificateException e) {
            RefusedCertificateException refused = new RefusedCertificateException(
                    Reason.OTHER_AUTHORITY,
                    "The server at " + host + " shows a certificate that your organisation's authority did not issue."
                            + " Nothing was sent. Tell your administrator.");
            refused.initCause(e);
            throw refused;
        }
    }

    private RefusedCertificateException wrongKey(X509Certificate leaf, Path path) {
        boolean ours = authority != null;
        if (authority != null) {
            try {
                path.validate(authority);
            } catch (CertificateException e) {
                ours = false;
            }
        }
        if (ours || authority == null) {
            return new RefusedCertificateException(
                    Reason.WRONG_KEY,
                    "The server at " + host + " does not have the key that your organisation named."
                            + " Nothing was sent. Tell your administrator.");
        }
        return new RefusedCertificateException(
                Reason.INSPECTION,
                "Somebody between this machine and " + host + " opens its connections (certificate from \""
                        + printable(leaf.getIssuerX500Principal().getName())
                        + "\"). Nothing was sent. Ask whoever runs this network to exempt " + host
                        + " from inspection.");
    }

    private void checkTime(X509Certificate leaf) throws RefusedCertificateException {
        try {
            leaf.checkValidity(Date.from(clock.instant()));
        } catch (CertificateExpiredException e) {
            throw new RefusedCertificateException(
                    Reason.EXPIRED,
                    "The certificate of the server at " + host + " has expired."
                            + " Check the clock of this machine; if it is right, tell your administrator.");
        } catch (CertificateNotYetValidException e) {
            throw new RefusedCertificateException(
                    Reason.NOT_YET_VALID,
                    "The certificate of the server at " + host + " is not valid yet."
                            + " Check the clock of this machine; if it is right, tell your administrator.");
        }
    }

    private void checkHost(X509Certificate leaf) throws RefusedCertificateException {
        try {
            hostNames.verify(host, leaf);
        } catch (SSLException e) {
            throw new RefusedCertificateException(
                    Reason.WRONG_HOST,
                    "The server that answers as " + host + " has a certificate for another name."
                            + " Check the address; if it is right, tell your administrator.");
        }
    }

    /// A name from a certificate that nobody vouches for: short and without characters that move others about.
    private static String printable(String name) {
        String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
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
