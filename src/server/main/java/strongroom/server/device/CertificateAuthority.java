package strongroom.server.device;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import strongroom.protocol.Id;

/// Issues the X.509 certificates (RFC 5280) of devices and of the server itself, all with ECDSA P-256. It vouches for
/// "this device enrolled here" and for nothing more: who a person is, is said by the organisation's root. Safe for
/// all threads.
public final class CertificateAuthority {
    /// How long a device's certificate is good; devices renew it after two thirds.
    public static final Duration DEVICE = Duration.ofDays(90);
    /// How long the server's own is good; it renews it for the same key.
    public static final Duration SERVER = Duration.ofDays(365);

    private static final Duration AUTHORITY = Duration.ofDays(20 * 365);
    /// Clocks of laptops lag.
    private static final Duration BEFORE = Duration.ofHours(1);

    private static final int SERIAL_BITS = 127;

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Clock clock;
    private final SecureRandom random;

    /// @param key the authority's private key, P-256
    public CertificateAuthority(PrivateKey key, X509Certificate certificate, Clock clock, SecureRandom random) {
        this.key = key;
        this.certificate = certificate;
        this.clock = clock;
        this.random = random;
    }

    /// The authority's own certificate.
    public X509Certificate certificate() {
        return certificate;
    }

    /// A certificate for TLS clients with the device's id as its common name.
    public X509Certificate forDevice(Id device, SubjectPublicKeyInfo publicKey) {
        return issue(commonName(device.toString()), publicKey, DEVICE, KeyPurposeId.id_kp_clientAuth, List.of());
    }

    /// A certificate for the TLS server. @param hosts DNS names and IP addresses
    public X509Certificate forServer(List<String> hosts, byte[] publicKey) {
        return issue(
                commonName(hosts.getFirst()),
                SubjectPublicKeyInfo.getInstance(publicKey),
                SERVER,
                KeyPurposeId.id_kp_serverAuth,
                hosts);
    }

    /// The certificate of a new authority, signed by itself.
    public static X509Certificate selfSigned(
            String organisation, PrivateKey key, byte[] publicKey, Clock clock, SecureRandom random) {
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organisation)
                .addRDN(BCStyle.CN, "Strongroom devices")
                .build();
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(publicKey);
            X509v3CertificateBuilder builder = builder(name, name, info, AUTHORITY, clock, random);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(info));
            return sign(builder, key);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make the authority's certificate", e);
        }
    }

    private X509Certificate issue(
            X500Name subject, SubjectPublicKeyInfo info, Duration good, KeyPurposeId purpose, List<String> hosts) {
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            X500Name issuer =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder builder = builder(issuer, subject, info, good, clock, random);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(certificate));
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(info));
            if (!hosts.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
            }
            return sign(builder, key);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot issue a certificate", e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer,
            X500Name subject,
            SubjectPublicKeyInfo info,
            Duration good,
            Clock clock,
            SecureRandom random) {
        Instant now = clock.instant();
        return new X509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                Date.from(now.minus(BEFORE)),
                Date.from(now.plus(good)),
                subject,
                info);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the authority's key does not sign", e);
        }
    }

    private static X500Name commonName(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(hosts.stream()
                .map(host -> new GeneralName(
                        host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }
}
