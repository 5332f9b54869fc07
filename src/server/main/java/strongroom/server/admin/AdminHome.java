package strongroom.server.admin;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Organisation;
import strongroom.protocol.PinSet;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.files.PrivateFiles;

/// The folder of an administrator: `root.key` (the organisation; belongs on a medium in a safe), `admin.key` and
/// `admin.cert` (this administrator), `reserve.key` (the server's next TLS key), `organisation.bin`, `server.url`.
/// The server never reads it.
public final class AdminHome {
    /// How long an administrator's certificate is good.
    public static final Duration GOOD_FOR = Duration.ofDays(2 * 365);

    private final Path directory;

    /// @param directory made by {@link #create}
    public AdminHome(Path directory) {
        this.directory = directory;
    }

    /// What an administrator acts with.
    ///
    /// @param signer the private key
    /// @param certificate what makes its owner an administrator
    /// @param organisation checked: its pins and the certificate are signed by its root
    record Credentials(Signer signer, Signed certificate, Organisation organisation) {}

    /// Makes the root, the first administrator and the organisation.
    ///
    /// @param pins of the server's key in use and in reserve
    /// @param reserve private key in reserve, PKCS#8; the caller fills it with zeros
    /// @throws IOException if the folder has a root already, or cannot be written
    public static Organisation create(
            Path directory,
            String organisation,
            String administrator,
            List<Digest> pins,
            byte[] reserve,
            URI server,
            Clock clock,
            SecureRandom random)
            throws IOException {
        PrivateFiles.createDirectory(directory);
        if (Files.exists(directory.resolve("root.key"))) {
            throw new IOException(directory + " has the root of an organisation already");
        }
        Instant now = clock.instant();
        Signer root = newKey(directory.resolve("root.key"), random);
        Signer admin = newKey(directory.resolve("admin.key"), random);
        try {
            Organisation made =
                    new Organisation(root.verifyingKey(), new PinSet(organisation, 1, pins, now).sign(root));
            certify(directory, administrator, admin, root, clock, random);
            PrivateFiles.write(directory.resolve("reserve.key"), reserve);
            PrivateFiles.write(directory.resolve("organisation.bin"), made.toByteArray());
            PrivateFiles.write(
                    directory.resolve("server.url"), server.toString().getBytes(StandardCharsets.UTF_8));
            return made;
        } catch (Signer.SigningException e) {
            throw new IOException("a key that was just made does not sign", e);
        }
    }

    /// Makes the folder of one more administrator, or of one whose certificate ends, with a key of its own.
    ///
    /// @param rootKey the root's seed, from where it is kept
    /// @param to the new folder
    /// @param name shown with each order
    /// @throws IOException if it is not this organisation's root, or the new folder has an administrator already
    public void add(Path rootKey, Path to, String name, Clock clock, SecureRandom random) throws IOException {
        Organisation organisation = open().organisation();
        Signer root = root(rootKey, organisation);
        PrivateFiles.createDirectory(to);
        if (Files.exists(to.resolve("admin.key"))) {
            throw new IOException(to + " has an administrator already");
        }
        for (String shared : List.of("organisation.bin", "server.url")) {
            PrivateFiles.write(to.resolve(shared), Files.readAllBytes(directory.resolve(shared)));
        }
        certify(to, name, newKey(to.resolve("admin.key"), random), root, clock, random);
    }

    /// The root's key. @throws IOException if the file has another
    static Signer root(Path file, Organisation organisation) throws IOException {
        Signer root = key(file);
        if (!root.verifyingKey().equals(organisation.root())) {
            throw new IOException(file + " is not the root of this organisation");
        }
        return root;
    }

    private static void certify(
            Path directory, String name, Signer admin, Signer root, Clock clock, SecureRandom random)
            throws IOException {
        Instant now = clock.instant();
        try {
            Signed certificate = new KeyCertificate(
                            KeyCertificate.Role.ADMINISTRATOR,
                            Id.random(random),
                            name,
                            admin.verifyingKey(),
                            now,
                            now.plus(GOOD_FOR))
                    .sign(root);
            PrivateFiles.write(directory.resolve("admin.cert"), certificate.toByteArray());
        } catch (Signer.SigningException e) {
            throw new IOException("the root's key does not sign", e);
        }
    }

    /// Where the server is, as it was said when the organisation was made.
    public URI server() throws IOException {
        return URI.create(Files.readString(directory.resolve("server.url"), StandardCharsets.UTF_8)
                .strip());
    }

    Credentials open() throws IOException {
        try {
            Organisation organisation = Organisation.of(Files.readAllBytes(directory.resolve("organisation.bin")));
            Signed certificate = Signed.of(Files.readAllBytes(directory.resolve("admin.cert")));
            organisation.pins();
            return new Credentials(key(directory.resolve("admin.key")), certificate, organisation);
        } catch (MalformedException e) {
            throw new IOException("the administrator's folder " + directory + " is damaged", e);
        }
    }

    private static Signer key(Path file) throws IOException {
        byte[] seed = Files.readAllBytes(file);
        try {
            return SeedSigner.of(seed);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a key", e);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private static Signer newKey(Path file, SecureRandom random) throws IOException {
        byte[] seed = new byte[SeedSigner.SEED];
        try {
            random.nextBytes(seed);
            PrivateFiles.write(file, seed);
            return SeedSigner.of(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }
}
