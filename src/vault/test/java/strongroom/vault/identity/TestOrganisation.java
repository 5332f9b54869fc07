package strongroom.vault.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.Id;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Order;
import strongroom.protocol.Organisation;
import strongroom.protocol.PinSet;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.Signer;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.seal.SealException;

/// An organisation with root, administrator, authority and server key, made anew for each test.
public final class TestOrganisation {
    private static final AtomicLong SERIALS = new AtomicLong(1);

    private final SecureRandom random = new SecureRandom();
    private final SigningKey root = SigningKey.generate(random);
    private final SigningKey administrator = SigningKey.generate(random);
    private final KeyPair authorityKeys = ellipticKeys();
    private final X509Certificate authority;
    private final KeyPair serverKeys = ellipticKeys();

    public TestOrganisation() throws GeneralSecurityException, IOException {
        Instant now = Instant.now();
        this.authority = sign(
                new JcaX509v3CertificateBuilder(
                                new X500Principal("CN=Test authority"),
                                BigInteger.valueOf(SERIALS.getAndIncrement()),
                                Date.from(now.minus(Duration.ofDays(1))),
                                Date.from(now.plus(Duration.ofDays(1))),
                                new X500Principal("CN=Test authority"),
                                authorityKeys.getPublic())
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(true)),
                authorityKeys);
    }

    public static KeyPair ellipticKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair issuer)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    public X509Certificate authority() {
        return authority;
    }

    public KeyPair authorityKeys() {
        return authorityKeys;
    }

    public KeyPair serverKeys() {
        return serverKeys;
    }

    /// The root's word on which server keys are good: the server's own and one in reserve.
    public Organisation organisation() throws Signer.SigningException {
        return organisation(List.of(pin(serverKeys.getPublic()), Digest.sha256(new byte[] {1})), 1);
    }

    public Organisation organisation(List<Digest> pins, long number) throws Signer.SigningException {
        return new Organisation(
                root.verifyingKey(), new PinSet("Test organisation", number, pins, Instant.now()).sign(root));
    }

    public static Digest pin(PublicKey key) {
        return Digest.sha256(key.getEncoded());
    }

    /// A server certificate for `host`, from this organisation's authority.
    public X509Certificate serverCertificate(String host, KeyPair keys, Instant from, Instant to)
            throws GeneralSecurityException, CertIOException {
        return serverCertificate(authority, authorityKeys, host, keys, from, to);
    }

    public static X509Certificate serverCertificate(
            X509Certificate issuer, KeyPair issuerKeys, String host, KeyPair keys, Instant from, Instant to)
            throws GeneralSecurityException, CertIOException {
        return sign(
                new JcaX509v3CertificateBuilder(
                                issuer.getSubjectX500Principal(),
                                BigInteger.valueOf(SERIALS.getAndIncrement()),
                                Date.from(from),
                                Date.from(to),
                                new X500Principal("CN=Test server"),
                                keys.getPublic())
                        .addExtension(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, host)))
                        .addExtension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
                issuerKeys);
    }

    /// Enrols a home as a server would.
    ///
    /// @return the device's id
    public Id enrol(DeviceIdentity identity, URI server, int devicePort)
            throws IdentityException, SealException, GeneralSecurityException, IOException, Signer.SigningException {
        Id device = Id.random(random);
        DeviceKeys keys = identity.prepare();
        PublicKey key = new JcaPKCS10CertificationRequest(keys.signingRequest()).getPublicKey();
        Instant now = Instant.now();
        X509Certificate certificate =
                deviceCertificate(device, key, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
        EnrolmentReply reply = new EnrolmentReply(
                device, Id.random(random), devicePort, certificate.getEncoded(), authority.getEncoded());
        identity.complete(server, organisation(), reply);
        return device;
    }

    /// A certificate for a device, from this organisation's authority.
    public X509Certificate deviceCertificate(Id device, PublicKey key, Instant from, Instant to)
            throws GeneralSecurityException, CertIOException {
        return sign(
                new JcaX509v3CertificateBuilder(
                                authority.getSubjectX500Principal(),
                                BigInteger.valueOf(SERIALS.getAndIncrement()),
                                Date.from(from),
                                Date.from(to),
                                new X500Principal("CN=" + device),
                                key)
                        .addExtension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)),
                authorityKeys);
    }

    /// The administrator's certificate, signed by the root.
    public Signed administratorCertificate() throws Signer.SigningException {
        return administratorCertificate(
                root, KeyCertificate.Role.ADMINISTRATOR, Instant.now().plusSeconds(3600));
    }

    public Signed administratorCertificate(Signer issuer, KeyCertificate.Role role, Instant until)
            throws Signer.SigningException {
        return new KeyCertificate(
                        role,
                        Id.random(random),
                        "Ada Admin",
                        administrator.verifyingKey(),
                        Instant.now().minusSeconds(3600),
                        until)
                .sign(issuer);
    }

    public SigningKey administratorKey() {
        return administrator;
    }

    public SigningKey rootKey() {
        return root;
    }

    /// An order that is good for an hour.
    public Order order(Order.Action action, long number, Id device) {
        Instant now = Instant.now();
        return new Order(Id.random(random), number, device, action, "lost on a train", now, now.plusSeconds(3600));
    }

    public SignedOrder signed(Order order) throws Signer.SigningException {
        return SignedOrder.of(order, administratorCertificate(), administrator);
    }
}
