package strongroom.server;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.EnrolmentRequest;
import strongroom.protocol.PersonKeys;
import strongroom.server.admin.SeedSigner;

/// The keys that a device makes before it enrols.
record DeviceKeys(KeyPair tls, P256Signer statement, SeedSigner person) {
    static DeviceKeys random() {
        byte[] seed = new byte[SeedSigner.SEED];
        new SecureRandom().nextBytes(seed);
        return of(SeedSigner.of(seed));
    }

    /// Another device of the person.
    static DeviceKeys of(SeedSigner person) {
        try {
            SecureRandom random = new SecureRandom();
            return new DeviceKeys(ServerKeys.newKey(random), new P256Signer(ServerKeys.newKey(random)), person);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    byte[] signingRequest() {
        return signingRequest(tls, "SHA256withECDSA");
    }

    static byte[] signingRequest(KeyPair key, String algorithm) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=whatever"), key.getPublic())
                    .build(new JcaContentSignerBuilder(algorithm).build(key.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    EnrolmentRequest request(boolean first) {
        return request(signingRequest(), first ? new PersonKeys(person.verifyingKey(), new byte[] {1, 2, 3}) : null);
    }

    EnrolmentRequest request(byte[] signingRequest, @Nullable PersonKeys personKeys) {
        return new EnrolmentRequest(
                "laptop", "Linux", "hardware", signingRequest, statement.verifyingKey(), new byte[] {4, 5}, personKeys);
    }
}
