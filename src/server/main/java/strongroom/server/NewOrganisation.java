package strongroom.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import strongroom.protocol.Digest;
import strongroom.protocol.Organisation;
import strongroom.server.admin.AdminHome;
import strongroom.server.db.Database;
import strongroom.server.device.CertificateAuthority;
import strongroom.server.files.PrivateFiles;

/// Makes an organisation: the administrator's folder with the keys that the server must not have, and the server's
/// home with those it needs.
///
/// @param name the organisation's name, as people read it
/// @param administrator name of the first administrator, shown with each order
/// @param hosts DNS names and addresses of the server; the first is the one that administrators use
/// @param devicePort TCP port of devices
/// @param adminPort TCP port of enrolment and administrators
public record NewOrganisation(String name, String administrator, List<String> hosts, int devicePort, int adminPort) {
    /// Copies the list.
    public NewOrganisation {
        hosts = List.copyOf(hosts);
    }

    /// Writes both folders.
    ///
    /// @param home the server's, must not have an organisation yet
    /// @param admin the administrator's, must not have a root yet
    /// @throws IOException if either has, or cannot be written
    public void create(Path home, Path admin, Clock clock, SecureRandom random) throws IOException {
        ServerHome server = new ServerHome(home);
        PrivateFiles.createDirectory(home);
        if (Files.exists(server.organisation())) {
            throw new IOException(home + " has an organisation already");
        }
        try {
            KeyPair authorityKey = ServerKeys.newKey(random);
            KeyPair tlsKey = ServerKeys.newKey(random);
            KeyPair reserveKey = ServerKeys.newKey(random);
            X509Certificate certificate = CertificateAuthority.selfSigned(
                    name, authorityKey.getPrivate(), authorityKey.getPublic().getEncoded(), clock, random);
            PrivateFiles.write(server.authorityKey(), authorityKey.getPrivate().getEncoded());
            PrivateFiles.write(server.authorityCertificate(), certificate.getEncoded());
            PrivateFiles.write(server.tlsKey(), tlsKey.getPrivate().getEncoded());
            PrivateFiles.write(
                    server.tlsCertificate(),
                    new CertificateAuthority(authorityKey.getPrivate(), certificate, clock, random)
                            .forServer(hosts, tlsKey.getPublic().getEncoded())
                            .getEncoded());
            ServerKeys.lessor(server, random);
            new ServerConfig(hosts, devicePort, adminPort).write(server.config());
            Database.open(server.database()).close();
            Organisation organisation = AdminHome.create(
                    admin,
                    name,
                    administrator,
                    List.of(pin(tlsKey), pin(reserveKey)),
                    reserveKey.getPrivate().getEncoded(),
                    URI.create("https://" + hosts.getFirst() + ":" + adminPort),
                    clock,
                    random);
            // Last: what has this file is whole.
            PrivateFiles.write(server.organisation(), organisation.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("a key could not be made", e);
        }
    }

    private static Digest pin(KeyPair key) {
        return Digest.sha256(key.getPublic().getEncoded());
    }
}
