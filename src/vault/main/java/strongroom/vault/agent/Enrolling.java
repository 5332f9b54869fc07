package strongroom.vault.agent;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.Organisation;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.vault.agent.AgentException.Why;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.DeviceKeys;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.seal.SealException;
import strongroom.vault.sync.EnrolmentConnection;
import strongroom.vault.sync.SyncException;

/// The network's part of an enrolment. The window holds the code and signs; what goes over the line is the code's
/// fingerprint and what was signed.
///
/// @param identity where keys and reply are kept
record Enrolling(DeviceIdentity identity, Clock clock, SecureRandom random) {
    Inspection inspect(URI server, Digest code) throws AgentException {
        check(server);
        try {
            Organisation organisation = EnrolmentConnection.discover(server, random);
            try (EnrolmentConnection connection = EnrolmentConnection.to(server, organisation, clock, random)) {
                return new Inspection(
                        organisation,
                        connection.codeStatus(code),
                        connection.pinPolicy(code).orElse(null));
            }
        } catch (SyncException e) {
            throw e.refusal() == Refusal.NOT_FOUND
                    ? new AgentException(Why.CODE_WRONG, "The server does not know this enrolment code. Check it.", e)
                    : Refusals.of(e);
        }
    }

    DeviceKeys prepare(URI server) throws AgentException {
        check(server);
        try {
            return identity.prepare();
        } catch (IdentityException e) {
            throw Refusals.of(e);
        } catch (SealException e) {
            throw Refusals.of(e);
        }
    }

    EnrolmentReply complete(URI server, Organisation organisation, Digest code, Signed request) throws AgentException {
        check(server);
        try {
            var earlier = identity.replyFor(code, request);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            if (identity.enrolment().isPresent()) {
                throw new AgentException(
                        Why.ALREADY_ENROLLED,
                        "This device has enrolled already. Use another folder for another enrolment.");
            }
            try (EnrolmentConnection connection = EnrolmentConnection.to(server, organisation, clock, random)) {
                identity.sending(code, request);
                EnrolmentReply reply = connection.enrol(code, request);
                identity.complete(server, organisation, reply);
                return reply;
            }
        } catch (SyncException e) {
            throw Refusals.of(e);
        } catch (IdentityException e) {
            throw Refusals.of(e);
        }
    }

    private static void check(URI server) throws AgentException {
        boolean plain = "https".equals(server.getScheme())
                && server.getHost() != null
                && server.getUserInfo() == null
                && server.getQuery() == null
                && (server.getPath() == null || server.getPath().isEmpty());
        if (!plain) {
            throw new AgentException(
                    Why.OFFLINE, "The address of the server must be like https://host:port, with nothing behind it.");
        }
    }
}
