package strongroom.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import strongroom.server.device.CertificateAuthority;
import strongroom.server.files.PrivateFiles;
import strongroom.server.http.Listener;
import strongroom.server.share.LeaseKey;

/// The server's private keys and certificates on the disk.
final class ServerKeys {
    private ServerKeys() {}

    static KeyPair newKey(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    static CertificateAuthority authority(ServerHome home, Clock clock, SecureRandom random)
            throws IOException, GeneralSecurityException {
        return new CertificateAuthority(
                key(home.authorityKey()), certificate(home.authorityCertificate()), clock, random);
    }

    /// The key and certificate that both ports show. A certificate near its end is issued anew for the same key:
    /// clients pin the key, so they notice nothing.
    static Listener.Identity identity(ServerHome home, CertificateAuthority authority, List<String> hosts, Clock clock)
            throws IOException, GeneralSecurityException {
        X509Certificate certificate = certificate(home.tlsCertificate());
        Instant renewal = certificate.getNotAfter().toInstant().minus(CertificateAuthority.SERVER.dividedBy(3));
        if (clock.instant().isAfter(renewal)) {
            certificate = authority.forServer(hosts, certificate.getPublicKey().getEncoded());
            PrivateFiles.write(home.tlsCertificate(), certificate.getEncoded());
        }
        KeyStore keys = empty();
        keys.setKeyEntry("server", key(home.tlsKey()), Listener.KEY_STORE_PASSWORD.toCharArray(), new Certificate[] {
            certificate, authority.certificate()
        });
        KeyStore devices = empty();
        devices.setCertificateEntry("authority", authority.certificate());
        return new Listener.Identity(keys, devices);
    }

    /// The key that signs leases; made if the folder is older than leases are.
    static LeaseKey lessor(ServerHome home, SecureRandom random) throws IOException, GeneralSecurityException {
        if (!Files.exists(home.leaseKey())) {
            PrivateFiles.write(home.leaseKey(), newKey(random).getPrivate().getEncoded());
        }
        return LeaseKey.of(Files.readAllBytes(home.leaseKey()));
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
    }

    private static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }
}
