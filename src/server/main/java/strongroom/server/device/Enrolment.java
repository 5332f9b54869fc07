package strongroom.server.device;

import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentProof;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.EnrolmentRequest;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;
import strongroom.protocol.PersonKeys;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.events.EventHub;
import strongroom.server.people.StoredCode;
import strongroom.server.refusal.RefusedException;

/// Lets a device in: the root certified the administrator, the administrator the code, the code signed the request,
/// and the request proves that the device has its TLS key. A code lets one device in, once; the same request again
/// gets the same reply, because the first answer may have been lost. Safe for all threads.
public final class Enrolment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

    private final Organisation organisation;
    private final CertificateAuthority authority;
    private final Database database;
    private final EventHub events;
    private final IntSupplier devicePort;
    private final Clock clock;
    private final SecureRandom random;

    /// @param devicePort the port that is told to new devices, known once the server listens
    /// @param random names new devices
    public Enrolment(
            Organisation organisation,
            CertificateAuthority authority,
            Database database,
            EventHub events,
            IntSupplier devicePort,
            Clock clock,
            SecureRandom random) {
        this.organisation = organisation;
        this.authority = authority;
        this.database = database;
        this.events = events;
        this.devicePort = devicePort;
        this.clock = clock;
        this.random = random;
    }

    /// What is certain about a device before it is let in.
    private record Candidate(
            Id id, EnrolmentProof proof, EnrolmentRequest request, X509Certificate certificate, Instant now) {}

    /// @param code fingerprint of the code's key
    /// @param request an {@link EnrolmentRequest} that it signed
    /// @throws RefusedException CODE_UNKNOWN, CODE_USED, CODE_EXPIRED, MALFORMED, or CONFLICT if the person's keys
    ///     are there already, or are not there yet and the request brings none
    public EnrolmentReply enrol(Digest code, Signed request) throws RefusedException {
        StoredCode stored = database.read(handle -> StoredCode.find(handle, code));
        if (stored.used()) {
            return database.read(handle -> repeat(handle, stored, request));
        }
        Candidate candidate = candidate(stored, request);
        EnrolmentReply reply = database.write(handle -> {
            // Another request may have used the code since it was looked up.
            StoredCode current = StoredCode.find(handle, code);
            return current.used() ? repeat(handle, current, request) : admit(handle, code, current, candidate);
        });
        LOG.info("device {} of person {} enrolled", reply.device(), reply.person());
        List<Id> siblings = database.read(handle -> Devices.active(handle, reply.person()));
        events.publish(siblings, Wire.EVENT_DEVICES, reply.device().toString());
        return reply;
    }

    private Candidate candidate(StoredCode code, Signed request) throws RefusedException {
        Instant now = Instant.ofEpochMilli(clock.millis());
        code.requireGood(now);
        EnrolmentProof proof = new EnrolmentProof(code.administrator(), code.statement(), request);
        EnrolmentRequest opened;
        try {
            opened = proof.verify(organisation, now).request();
        } catch (MalformedException e) {
            throw RefusedException.malformed("The request is not signed by its code, or the code not by now.");
        }
        PersonKeys keys = opened.personKeys();
        if (keys != null && keys.signing().algorithm() != VerifyingKey.Algorithm.ED25519) {
            throw RefusedException.malformed("A person signs with Ed25519.");
        }
        Id device = Id.random(random);
        return new Candidate(
                device,
                proof,
                opened,
                authority.forDevice(device, SigningRequest.publicKey(opened.signingRequest())),
                now);
    }

    private EnrolmentReply admit(Handle handle, Digest code, StoredCode stored, Candidate candidate)
            throws RefusedException {
        keepKeys(handle, stored.person(), candidate.request.personKeys());
        handle.createUpdate("INSERT INTO device (id, person, status, first, proof, statement_key, enrolled, last_seen)"
                        + " VALUES (:id, :person, 'ACTIVE', :first, :proof, :key, :now, :now)")
                .bind("id", candidate.id.toByteArray())
                .bind("person", stored.person().toByteArray())
                .bind("first", candidate.request.personKeys() != null)
                .bind("proof", candidate.proof.toByteArray())
                .bind("key", Columns.of(candidate.request.statementKey()))
                .bind("now", candidate.now.toEpochMilli())
                .execute();
        Certificates.keep(handle, candidate.id, candidate.certificate);
        handle.createUpdate("UPDATE code SET request = :request, device = :device WHERE fingerprint = :code")
                .bind("request", candidate.proof.request().toByteArray())
                .bind("device", candidate.id.toByteArray())
                .bind("code", code.toByteArray())
                .execute();
        return reply(candidate.id, stored.person(), Certificates.encoded(candidate.certificate));
    }

    private static void keepKeys(Handle handle, Id person, @Nullable PersonKeys keys) throws RefusedException {
        boolean has = handle.createQuery("SELECT signing_key IS NOT NULL FROM person WHERE id = :id")
                .bind("id", person.toByteArray())
                .mapTo(Boolean.class)
                .one();
        if (has && keys != null) {
            throw new RefusedException(Refusal.CONFLICT, "The person has keys already; another device grants them.");
        }
        if (keys != null) {
            handle.createUpdate("UPDATE person SET signing_key = :key WHERE id = :id")
                    .bind("key", Columns.of(keys.signing()))
                    .bind("id", person.toByteArray())
                    .execute();
        } else if (!has) {
            throw new RefusedException(Refusal.CONFLICT, "The person's first device makes the person's keys.");
        }
    }

    private EnrolmentReply repeat(Handle handle, StoredCode code, Signed request) throws RefusedException {
        Id device = code.device();
        if (device == null || !Arrays.equals(code.request(), request.toByteArray())) {
            throw new RefusedException(Refusal.CODE_USED, "The enrolment code was used already.");
        }
        return reply(device, code.person(), Certificates.first(handle, device));
    }

    private EnrolmentReply reply(Id device, Id person, byte[] certificate) {
        try {
            return new EnrolmentReply(
                    device,
                    person,
                    devicePort.getAsInt(),
                    certificate,
                    authority.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the authority's certificate was read from its encoding", e);
        }
    }
}
