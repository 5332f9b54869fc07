package strongroom.vault.client;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.CodeStatus;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.EnrolmentProof;
import strongroom.protocol.Id;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Organisation;
import strongroom.protocol.PersonKeys;
import strongroom.protocol.PinSet;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.agent.Inspection;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;

/// An enrolment code and what the server said of it, checked against each other: the code names the root, the root
/// the administrator, the administrator the code. A server that is not the organisation's cannot get past this.
///
/// @param organisation whose root the code names
/// @param person whom the code is for
/// @param personName that person's name
/// @param expires last moment of the code
/// @param personKeys the person's public keys from their first device; null if this will be the first
/// @param shortestPin which the organisation takes; 0 if it does not say
record CheckedCode(
        Organisation organisation,
        Id person,
        String personName,
        Instant expires,
        @Nullable PersonKeys personKeys,
        int shortestPin) {
    static EnrolmentCode parse(String text) throws ClientException {
        try {
            return EnrolmentCode.parse(text);
        } catch (MalformedException e) {
            throw new ClientException(
                    Problem.CODE_WRONG,
                    "This is not a valid enrolment code (" + e.getMessage() + "). Check it against the one you got.",
                    e);
        }
    }

    /// The one-time key in the code, closed by the caller.
    static SigningKey key(EnrolmentCode code) {
        try (SecretBytes seed = SecretBytes.ofAndZero(code.signingSeed())) {
            return SigningKey.fromSeed(seed);
        }
    }

    static CheckedCode check(EnrolmentCode code, VerifyingKey codeKey, Inspection seen, Clock clock)
            throws ClientException {
        Organisation organisation = seen.organisation();
        if (!code.isFor(organisation.root())) {
            throw new ClientException(
                    Problem.CHANNEL_DENIED,
                    "The server at this address belongs to another organisation than the code. Nothing was sent. Check"
                            + " the address; if it is right, tell your administrator.");
        }
        try {
            return chain(codeKey, seen, clock.instant());
        } catch (MalformedException e) {
            throw new ClientException(
                    Problem.CHANNEL_DENIED,
                    "The server's answer about this code is not signed by your organisation. Nothing was sent. Tell"
                            + " your administrator.",
                    e);
        }
    }

    private static CheckedCode chain(VerifyingKey codeKey, Inspection seen, Instant now)
            throws MalformedException, ClientException {
        Organisation organisation = seen.organisation();
        CodeStatus status = seen.code();
        SignedPolicy pins = seen.pinPolicy();
        KeyCertificate administrator = organisation.administrator(status.administrator(), now);
        KeyCertificate certified = code(status.code(), administrator.key(), now);
        if (!certified.key().equals(codeKey)) {
            throw new MalformedException("certificate of another code");
        }
        return new CheckedCode(
                organisation,
                certified.subject(),
                certified.name(),
                certified.notAfter(),
                personKeys(organisation, certified.subject(), status),
                pins == null ? 0 : pins.verify(PolicyKind.PIN, organisation).shortest());
    }

    private static KeyCertificate code(Signed certificate, VerifyingKey administrator, Instant now)
            throws MalformedException, ClientException {
        try {
            return KeyCertificate.open(certificate, administrator, KeyCertificate.Role.CODE, now);
        } catch (MalformedException e) {
            if (Sentences.sentence(e).contains("outside its time")) {
                throw new ClientException(
                        Problem.CODE_EXPIRED, "This enrolment code is past its date. Ask for a new one.", e);
            }
            throw e;
        }
    }

    private static @Nullable PersonKeys personKeys(Organisation organisation, Id person, CodeStatus status)
            throws MalformedException {
        EnrolmentProof proof = status.firstDevice();
        if (proof == null) {
            return null;
        }
        EnrolmentProof.Verified first = proof.verify(organisation, Instant.ofEpochMilli(status.firstDeviceAt()));
        if (!first.person().equals(person) || first.request().personKeys() == null) {
            throw new MalformedException("first device of another person");
        }
        return first.request().personKeys();
    }

    PinSet pins() throws ClientException {
        try {
            return organisation.pins();
        } catch (MalformedException e) {
            throw new ClientException(
                    Problem.CHANNEL_DENIED,
                    "The server's key is not one that your organisation named. Nothing was sent.",
                    e);
        }
    }
}
