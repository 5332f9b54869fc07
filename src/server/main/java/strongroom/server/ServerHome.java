package strongroom.server;

import java.nio.file.Path;

/// The files of a server, in one folder.
///
/// @param directory the folder
record ServerHome(Path directory) {
    Path config() {
        return directory.resolve("server.properties");
    }

    Path organisation() {
        return directory.resolve("organisation.bin");
    }

    Path database() {
        return directory.resolve("strongroom.db");
    }

    Path chunks() {
        return directory.resolve("chunks");
    }

    /// Private key of the devices' authority, PKCS#8.
    Path authorityKey() {
        return directory.resolve("authority.key");
    }

    Path authorityCertificate() {
        return directory.resolve("authority.crt");
    }

    /// Private key that clients pin, PKCS#8.
    Path tlsKey() {
        return directory.resolve("tls.key");
    }

    /// Private key that signs leases, PKCS#8.
    Path leaseKey() {
        return directory.resolve("lease.key");
    }

    /// Certificates of those whose word on a TPM is taken, PEM; the operator's to fill. May not be there.
    Path endorsementIssuers() {
        return directory.resolve("ek-issuers");
    }

    Path tlsCertificate() {
        return directory.resolve("tls.crt");
    }
}
