package strongroom.vault.identity;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.DurableFile;
import strongroom.vault.home.Home;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;

/// The agent's own folder: two device keys, the certificate, the organisation, the number of the last order.
/// Every file is replaced as a whole; `enrolment.bin` is written last and is what makes a device enrolled. Safe for
/// several threads of one process; one process at a time writes (the one that holds the agent's lock).
public final class DeviceIdentity {
    private final Path folder;
    private final SealerSource sealers;
    private final SecureRandom random;

    /// @param sealers seal and open the device's own keys
    public DeviceIdentity(Home home, SealerSource sealers, SecureRandom random) {
        this.folder = home.identity();
        this.sealers = sealers;
        this.random = random;
    }

    /// The enrolment, if there is one.
    ///
    /// @throws IdentityException if there is one and it cannot be read: this is never "not enrolled"
    public Optional<Enrolment> enrolment() throws IdentityException {
        try {
            if (!Files.exists(enrolmentFile())) {
                return Optional.empty();
            }
            Organisation organisation = Organisation.of(Files.readAllBytes(organisationFile()));
            return Optional.of(Enrolment.read(Files.readAllBytes(enrolmentFile()), organisation));
        } catch (MalformedException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// The enrolment. @throws IdentityException `NOT_ENROLLED` if there is none
    public Enrolment enrolled() throws IdentityException {
        return enrolment()
                .orElseThrow(() -> new IdentityException(
                        IdentityException.Why.NOT_ENROLLED, "This device has not enrolled with an organisation yet."));
    }

    /// Makes the device's keys, or finds the ones made before: repeating it after an interruption changes nothing.
    public synchronized DeviceKeys prepare() throws IdentityException, SealException {
        try {
            Files.createDirectories(folder);
            DeviceKey tls = keyOrNew(tlsFile(), DeviceIdentity::signingRequest);
            DeviceKey statement = keyOrNew(statementFile(), (key, by) -> new byte[0]);
            Pending pending = pending();
            return new DeviceKeys(
                    tls.request(), statement.key(), tls.kind(), pending == null ? null : pending.request());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Notes a request before it is sent, so that a lost answer can be asked for again with the same bytes.
    public synchronized void sending(Digest code, Signed request) throws IdentityException {
        CanonicalWriter out = new CanonicalWriter();
        code.write(out);
        request.write(out);
        write(pendingFile(), out.toByteArray());
    }

    /// Keeps what the server gave; afterwards this device is enrolled.
    ///
    /// @throws IdentityException `REPLY_REFUSED` if the certificate is not for this device's key
    public synchronized Enrolment complete(URI server, Organisation organisation, EnrolmentReply reply)
            throws IdentityException {
        try {
            Enrolment enrolment = Enrolment.of(server, organisation, reply, publicKey(DeviceKey.read(tlsFile())));
            DurableFile.write(organisationFile(), organisation.toByteArray());
            DurableFile.write(enrolmentFile(), enrolment.toByteArray());
            return enrolment;
        } catch (MalformedException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// The request for a certificate of the TLS key: PKCS#10, DER, the same bytes as at enrolment.
    public byte[] signingRequest() throws IdentityException {
        return key(tlsFile()).request();
    }

    /// Replaces the certificate by one that is good for longer, for the same key.
    ///
    /// @param certificate X.509, DER
    /// @throws IdentityException `REPLY_REFUSED` if it is not for this device and its key, not by the authority it
    ///     enrolled with, or not good for longer; the present one stays
    public synchronized Enrolment renew(byte[] certificate) throws IdentityException {
        Enrolment present = enrolled();
        try {
            Enrolment renewed = present.with(certificate, publicKey(DeviceKey.read(tlsFile())));
            DurableFile.write(enrolmentFile(), renewed.toByteArray());
            return renewed;
        } catch (MalformedException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// The reply that was kept for a request of this very code and these very bytes: the answer to a repetition.
    public synchronized Optional<EnrolmentReply> replyFor(Digest code, Signed request) throws IdentityException {
        Optional<Enrolment> enrolment = enrolment();
        try {
            Pending pending = pending();
            boolean same = pending != null
                    && pending.code().equals(code)
                    && pending.request().equals(request);
            return same ? enrolment.map(Enrolment::reply) : Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Replaces the pins by newer ones of the same root; older ones and those of another root change nothing.
    ///
    /// @return whether they were newer
    public synchronized boolean renewPins(Organisation offered) throws IdentityException {
        Organisation known = enrolled().organisation();
        try {
            boolean newer = known.root().equals(offered.root())
                    && offered.pins().number() > known.pins().number();
            if (newer) {
                write(organisationFile(), offered.toByteArray());
            }
            return newer;
        } catch (MalformedException e) {
            return false;
        }
    }

    /// Opens the TLS key. Where it is kept in the machine this is a handle, of use as long as the machine is there.
    public PrivateKey tlsKey() throws IdentityException, SealException {
        return key(tlsFile()).open(sealers);
    }

    /// Whether the TLS key was made in a TPM and is kept there.
    public boolean hasKeyInTpm() throws IdentityException {
        return key(tlsFile()) instanceof KeptKey kept && kept.kind() == SealKind.TPM;
    }

    /// The TLS key of an enrolled device, for showing a server where it is; empty if nothing could show it.
    public Optional<ProvableKey> provableKey() throws IdentityException, SealException {
        if (key(tlsFile()) instanceof KeptKey kept && kept.kind() == SealKind.TPM) {
            Id device = enrolled().device();
            return sealers.of(kept.kind()).witness().map(witness -> new ProvableKey(witness, device, kept.kept()));
        }
        return Optional.empty();
    }

    /// The key that signs receipts and reports; opened for each signature.
    public Signer statementKey() throws IdentityException {
        return new StatementKey(key(statementFile()), sealers, random);
    }

    /// Checks what {@link #statementKey} signed; opens nothing.
    public VerifyingKey statementVerifyingKey() throws IdentityException {
        return key(statementFile()).key();
    }

    /// The number of the last order this device has dealt with, 0 before the first.
    public long lastOrder() throws IdentityException {
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(ordersFile()));
            long number = in.int64();
            in.end();
            return number;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (MalformedException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Notes that orders up to this number are dealt with; a lower number changes nothing.
    public synchronized void dealtWith(long order) throws IdentityException {
        if (order > lastOrder()) {
            write(ordersFile(), new CanonicalWriter().int64(order).toByteArray());
        }
    }

    /// The files of the device's keys, those that exist or not.
    public List<Path> keyFiles() {
        return List.of(tlsFile(), statementFile());
    }

    /// Has the machine forget the keys it keeps for this device: its last act. Files stay for the caller to
    /// erase.
    ///
    /// @throws SealException if one was not forgotten; the other was tried all the same
    public void destroyKeys() throws SealException, IdentityException {
        SealException failure = null;
        for (Path file : keyFiles()) {
            if (Files.exists(file)) {
                try {
                    key(file).destroy(sealers);
                } catch (SealException e) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private DeviceKey keyOrNew(Path file, DeviceKey.Request request)
            throws IOException, IdentityException, SealException {
        if (Files.exists(file)) {
            return key(file);
        }
        DeviceKey made = DeviceKey.make(sealers.strongest(), random, request);
        made.write(file);
        return made;
    }

    private static byte[] signingRequest(VerifyingKey key, PrivateKey by) throws SealException {
        try {
            // The server names the device; the subject of a request says nothing.
            return new PKCS10CertificationRequestBuilder(
                            new X500Name("CN=strongroom device"), SubjectPublicKeyInfo.getInstance(key.toByteArray()))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(by))
                    .getEncoded();
        } catch (RuntimeOperatorException e) {
            throw new SealException(Why.FAILED, "A new key of this device did not sign. Try again.", e);
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("a request for a key on P-256 can be made", e);
        }
    }

    private static java.security.PublicKey publicKey(DeviceKey key) throws MalformedException {
        try {
            return java.security.KeyFactory.getInstance("EC")
                    .generatePublic(
                            new java.security.spec.X509EncodedKeySpec(key.key().toByteArray()));
        } catch (java.security.GeneralSecurityException e) {
            throw new MalformedException("not a public key", e);
        }
    }

    private record Pending(Digest code, Signed request) {}

    private @Nullable Pending pending() throws IOException, IdentityException {
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(pendingFile()));
            Pending pending = new Pending(Digest.read(in), Signed.read(in));
            in.end();
            return pending;
        } catch (NoSuchFileException e) {
            return null;
        } catch (MalformedException e) {
            throw damaged(e);
        }
    }

    private DeviceKey key(Path file) throws IdentityException {
        try {
            return DeviceKey.read(file);
        } catch (MalformedException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static void write(Path file, byte[] content) throws IdentityException {
        try {
            DurableFile.write(file, content);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static IdentityException damaged(MalformedException cause) {
        return new IdentityException(
                IdentityException.Why.DAMAGED,
                "The identity of this device is damaged. Ask your administrator for a new enrolment code.",
                cause);
    }

    private static IdentityException unreadable(IOException cause) {
        return new IdentityException(
                IdentityException.Why.IO, "The identity of this device cannot be read or written.", cause);
    }

    private Path organisationFile() {
        return folder.resolve("organisation.bin");
    }

    private Path enrolmentFile() {
        return folder.resolve("enrolment.bin");
    }

    private Path pendingFile() {
        return folder.resolve("enrolment.pending");
    }

    private Path tlsFile() {
        return folder.resolve("tls.key.sealed");
    }

    private Path statementFile() {
        return folder.resolve("statement.key.sealed");
    }

    private Path ordersFile() {
        return folder.resolve("orders.bin");
    }
}
