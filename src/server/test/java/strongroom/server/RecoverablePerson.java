package strongroom.server;

import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.EnrolmentRequest;
import strongroom.protocol.Grant;
import strongroom.protocol.PersonKeys;
import strongroom.protocol.RecoveryGrant;
import strongroom.protocol.RecoveryKey;
import strongroom.protocol.Signed;
import strongroom.server.admin.SeedSigner;

/// A person with real keys, whose devices seal them as clients do.
final class RecoverablePerson {
    private final TestOrganisation organisation;
    private final String name;
    private final byte[] seeds = new byte[64];
    private final byte[] joinSeed = new byte[32];
    final SeedSigner signer;

    RecoverablePerson(TestOrganisation organisation, String name) {
        this.organisation = organisation;
        this.name = name;
        new SecureRandom().nextBytes(seeds);
        new SecureRandom().nextBytes(joinSeed);
        this.signer = SeedSigner.of(Arrays.copyOf(seeds, 32));
    }

    private static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    private static byte[] publicKey(byte[] seed) {
        return suite().serializePublicKey(
                        suite().deserializePrivateKey(seed, null).getPublic());
    }

    /// One more device of the person, the first time with the person's keys.
    DeviceClient enrol(boolean first) throws Exception {
        DeviceKeys keys = DeviceKeys.of(signer);
        EnrolmentRequest request = new EnrolmentRequest(
                first ? "old laptop" : "new laptop",
                "Linux",
                "hardware",
                keys.signingRequest(),
                keys.statement().verifyingKey(),
                publicKey(joinSeed),
                first ? new PersonKeys(signer.verifyingKey(), publicKey(Arrays.copyOfRange(seeds, 32, 64))) : null);
        EnrolmentCode code = organisation.code(name);
        HttpResponse<byte[]> response = organisation.postEnrolment(code, request.sign(TestOrganisation.signer(code)));
        return new DeviceClient(organisation, keys, EnrolmentReply.of(DeviceClient.require(200, response)));
    }

    /// The person's keys, sealed to a recovery key.
    Signed grant(DeviceClient device, RecoveryKey key) throws Exception {
        return grant(device, key, seeds);
    }

    Signed grant(DeviceClient device, RecoveryKey key, byte[] plaintext) throws Exception {
        HPKE suite = suite();
        HPKEContextWithEncapsulation context =
                suite.setupBaseS(suite.deserializePublicKey(key.box()), RecoveryGrant.info());
        byte[] ciphertext = context.seal(RecoveryGrant.bound(device.person(), key.fingerprint()), plaintext);
        byte[] sealed =
                Arrays.copyOf(context.getEncapsulation(), context.getEncapsulation().length + ciphertext.length);
        System.arraycopy(ciphertext, 0, sealed, sealed.length - ciphertext.length, ciphertext.length);
        return new RecoveryGrant(device.person(), key.fingerprint(), sealed).sign(signer);
    }

    /// Whether what lies at the server for a device are the person's keys.
    boolean isHandedOver(DeviceClient device) throws Exception {
        Grant grant = Grant.open(Signed.of(DeviceClient.require(200, device.get("/v1/grant"))), signer.verifyingKey());
        HPKE suite = suite();
        int encapsulation = suite.getEncSize();
        try {
            byte[] opened = suite.setupBaseR(
                            Arrays.copyOf(grant.sealed(), encapsulation),
                            suite.deserializePrivateKey(joinSeed, null),
                            Grant.info())
                    .open(
                            Grant.bound(device.id(), device.person()),
                            Arrays.copyOfRange(grant.sealed(), encapsulation, grant.sealed().length));
            return Arrays.equals(seeds, opened);
        } catch (InvalidCipherTextException e) {
            return false;
        }
    }
}
