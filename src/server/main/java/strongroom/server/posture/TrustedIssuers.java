package strongroom.server.posture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.posture.KeyProof;

/// Whose word on a TPM the organisation takes: the certificates in a folder that the operator fills. Read anew each
/// time, so that one that is put there or taken away counts at once; a file that cannot be read counts for nothing.
///
/// @param folder of PEM files, each with one certificate or several; may not be there
public record TrustedIssuers(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedIssuers.class);
    /// tcg-kp-EKCertificate (TCG EK Credential Profile for TPM 2.0).
    private static final String FOR_ENDORSEMENT = "2.23.133.8.1";

    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    /// What the folder holds now.
    public Loaded load() {
        Set<TrustAnchor> anchors = new HashSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(Files::isRegularFile).forEach(file -> read(file, anchors));
            } catch (IOException e) {
                LOG.warn("the issuers of endorsement certificates cannot be read: {}", e.getMessage());
            }
        }
        return new Loaded(anchors);
    }

    private static void read(Path file, Set<TrustAnchor> anchors) {
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                X509Certificate issuer = (X509Certificate) certificate;
                if (issuer.getBasicConstraints() >= 0) {
                    anchors.add(new TrustAnchor(issuer, null));
                } else {
                    LOG.warn("{} has a certificate that issues none", file.getFileName());
                }
            }
        } catch (IOException | CertificateException e) {
            LOG.warn("{} is no certificate in PEM: {}", file.getFileName(), e.getMessage());
        }
    }

    /// @param anchors each of them is trusted itself, whoever issued it
    public record Loaded(Set<TrustAnchor> anchors) {
        /// Copies the set.
        public Loaded {
            anchors = Set.copyOf(anchors);
        }

        /// How well a TPM is known whose keys were shown.
        public KeyProof proof(TpmIdentity tpm, Instant now) {
            return tpm.certificate().length > 0 && !anchors.isEmpty() && isVouchedFor(tpm, now)
                    ? KeyProof.VENDOR
                    : KeyProof.ACTIVATED;
        }

        /// Whether one of them certified this very key as an endorsement key. Nobody says which of such certificates
        /// were taken back, so that is not asked.
        private boolean isVouchedFor(TpmIdentity tpm, Instant now) {
            try {
                CertificateFactory factory = CertificateFactory.getInstance("X.509");
                X509Certificate certificate =
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(tpm.certificate()));
                if (!tpm.endorsement().isKeyOf(certificate) || !isForEndorsement(certificate)) {
                    return false;
                }
                PKIXParameters parameters = new PKIXParameters(anchors);
                parameters.setRevocationEnabled(false);
                parameters.setDate(Date.from(now));
                CertPathValidator.getInstance("PKIX")
                        .validate(factory.generateCertPath(List.of(certificate)), parameters);
                return true;
            } catch (GeneralSecurityException | MalformedException e) {
                LOG.debug("an endorsement certificate does not hold", e);
                return false;
            }
        }

        /// An issuer may certify keys for other purposes, too, that are in no TPM.
        private static boolean isForEndorsement(X509Certificate certificate) throws CertificateException {
            boolean[] usage = certificate.getKeyUsage();
            List<String> purposes = certificate.getExtendedKeyUsage();
            return certificate.getBasicConstraints() < 0
                    && usage != null
                    && (usage[KEY_ENCIPHERMENT] || usage[KEY_AGREEMENT])
                    && (purposes == null || purposes.contains(FOR_ENDORSEMENT));
        }
    }
}
