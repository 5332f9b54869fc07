package strongroom.server.device;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.refusal.RefusedException;

/// The public key of a PKCS#10 request (RFC 2986) whose signature shows that the asker has the private one. Nothing
/// else is taken from it: names and extensions are the authority's to choose.
final class SigningRequest {
    private SigningRequest() {}

    /// @param encoded DER @throws RefusedException MALFORMED if it is no such request for a P-256 key with SHA-256
    static SubjectPublicKeyInfo publicKey(byte[] encoded) throws RefusedException {
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(encoded);
            SubjectPublicKeyInfo info = request.getSubjectPublicKeyInfo();
            VerifyingKey key = VerifyingKey.of(VerifyingKey.Algorithm.ECDSA_P256, info.getEncoded(ASN1Encoding.DER));
            byte[] signed =
                    request.toASN1Structure().getCertificationRequestInfo().getEncoded(ASN1Encoding.DER);
            if (key.verifies(signed, request.getSignature())) {
                return info;
            }
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            // Told below like a signature that does not hold: an asker learns nothing from the difference.
        }
        throw RefusedException.malformed("This is no signing request of a P-256 key.");
    }
}
