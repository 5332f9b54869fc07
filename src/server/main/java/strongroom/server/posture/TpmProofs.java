package strongroom.server.posture;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmCredential;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.posture.KeyProof;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.device.ProvenKeys;
import strongroom.server.refusal.RefusedException;

/// Has devices show that their TLS keys are in a TPM: the TPM opens a credential that only the one with that
/// endorsement key opens, and only beside that attestation key; the attestation key certifies the TLS key. Both answer
/// to a question that was just asked and is good for one answer. A question that the server forgets (it was started
/// anew) is asked again. Safe for all threads.
public final class TpmProofs {
    private static final Logger LOG = LoggerFactory.getLogger(TpmProofs.class);
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);
    private static final int SECRET = 32;

    private final Database database;
    private final TrustedIssuers issuers;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<Id, Asked> asked = new ConcurrentHashMap<>();

    /// @param issuers tell a maker's certificate that is trusted from any other
    public TpmProofs(Database database, TrustedIssuers issuers, Clock clock, SecureRandom random) {
        this.database = database;
        this.issuers = issuers;
        this.clock = clock;
        this.random = random;
    }

    /// @param secret in the credential; null if none was needed
    private record Asked(TpmIdentity tpm, byte[] nonce, byte @Nullable [] secret, Instant until) {}

    /// A question to a device, in place of any earlier one. A TPM that it showed before is asked for a certification
    /// alone.
    ///
    /// @throws RefusedException MALFORMED if the keys are no endorsement and attestation keys
    public TpmChallenge ask(Device device, TpmIdentity tpm) throws RefusedException {
        boolean known = database.read(handle -> ProvenKeys.tpm(handle, device.id()))
                .filter(tpm::equals)
                .isPresent();
        byte[] nonce = bytes(TpmChallenge.NONCE);
        byte[] secret = known ? null : bytes(SECRET);
        try {
            TpmCredential credential =
                    secret == null ? null : tpm.endorsement().credential(tpm.attestationName(), secret, random);
            asked.put(device.id(), new Asked(tpm, nonce, secret, clock.instant().plus(GOOD_FOR)));
            return new TpmChallenge(nonce, credential);
        } catch (MalformedException e) {
            throw RefusedException.malformed("These are no endorsement and attestation keys of a TPM.");
        }
    }

    /// The answer; whatever comes of it, the question is used up.
    ///
    /// @throws RefusedException CONFLICT without a question that is good, MALFORMED if the answer does not hold
    public KeyProof answer(Device device, TpmProof proof) throws RefusedException {
        Asked question = asked.remove(device.id());
        if (question == null || clock.instant().isAfter(question.until)) {
            throw new RefusedException(Refusal.CONFLICT, "No question is open. Ask for one.");
        }
        VerifyingKey key = certified(question, proof);
        long now = clock.millis();
        database.write(handle -> {
            Devices.find(handle, device.id()).requireActive();
            if (question.secret != null) {
                ProvenKeys.begin(handle, device.id(), question.tpm, key, now);
            } else {
                ProvenKeys.add(handle, device.id(), key, now);
            }
            return null;
        });
        KeyProof shown = issuers.load().proof(question.tpm, clock.instant());
        LOG.info("device {} showed that its key is in a TPM: {}", device.id(), shown);
        return shown;
    }

    private static VerifyingKey certified(Asked question, TpmProof proof) throws RefusedException {
        byte[] secret = question.secret == null ? new byte[0] : question.secret;
        if (!MessageDigest.isEqual(proof.activated(), secret)) {
            throw RefusedException.malformed("The credential was not opened.");
        }
        if (!Arrays.equals(proof.certification().attestationKey(), question.tpm.attestationKey())) {
            throw RefusedException.malformed("Another attestation key certified than the one that was named.");
        }
        try {
            return proof.certification().verify(question.nonce).device();
        } catch (MalformedException e) {
            throw RefusedException.malformed("The certification of the key does not hold.");
        }
    }

    private byte[] bytes(int size) {
        byte[] made = new byte[size];
        random.nextBytes(made);
        return made;
    }
}
