package strongroom.vault.sync;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import strongroom.protocol.CodeStatus;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.Organisation;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.sync.SyncException.Why;
import strongroom.vault.sync.tls.ChannelDeniedException;
import strongroom.vault.sync.tls.PinnedTls;

/// The enrolment port, for a device that has no certificate yet: pinned to keys that the organisation's root signed.
/// Whether the root is the right one only the enrolment code knows; its holder compares. Safe for several threads.
public final class EnrolmentConnection implements AutoCloseable {
    private static final int SMALL = 1 << 18;

    private final Organisation organisation;
    private final HttpChannel http;

    private EnrolmentConnection(Organisation organisation, PinnedTls tls) {
        this.organisation = organisation;
        this.http = new HttpChannel(tls);
    }

    /// Asks a server of which nothing is known for its organisation, on a connection that is used for nothing else,
    /// and checks that the server holds one of the keys the organisation's root signed.
    ///
    /// @throws SyncException `CHANNEL_DENIED` if it does not
    public static Organisation discover(URI server, SecureRandom random) throws SyncException {
        PinnedTls tls = PinnedTls.provisional(server, random);
        try (HttpChannel http = new HttpChannel(tls)) {
            byte[] answer = http.get("/v1/organisation", SMALL).body();
            Organisation organisation = ServerConnection.parsed(answer, Organisation::of);
            tls.belongsTo(organisation);
            return organisation;
        } catch (ChannelDeniedException e) {
            throw SyncException.ofChannel(e);
        }
    }

    /// Connects to the server of a known organisation: every request goes to a pinned key.
    public static EnrolmentConnection to(URI server, Organisation organisation, Clock clock, SecureRandom random)
            throws SyncException {
        try {
            return new EnrolmentConnection(organisation, PinnedTls.forEnrolment(server, organisation, clock, random));
        } catch (MalformedException e) {
            throw new SyncException(Why.CHANNEL_DENIED, "The organisation's root did not sign the server's keys.", e);
        }
    }

    /// The organisation as the server describes it now: newer pins, perhaps.
    public Organisation organisation() throws SyncException {
        return ServerConnection.parsed(http.get("/v1/organisation", SMALL).body(), Organisation::of);
    }

    /// The organisation that this connection is pinned to.
    public Organisation pinnedTo() {
        return organisation;
    }

    /// What the server knows of a code. @param code fingerprint of the code's key
    public CodeStatus codeStatus(Digest code) throws SyncException {
        return ServerConnection.parsed(http.get("/v1/codes/" + code, SMALL).body(), CodeStatus::of);
    }

    /// What the organisation wants a PIN to be, for who has a code; empty if it never said. Not verified.
    public Optional<SignedPolicy> pinPolicy(Digest code) throws SyncException {
        return ServerConnection.found(() -> ServerConnection.parsed(
                http.get("/v1/codes/" + code + "/" + PolicyKind.PIN.path(), SMALL)
                        .body(),
                SignedPolicy::of));
    }

    /// Enrols. Sending the very same bytes again gives the same reply.
    public EnrolmentReply enrol(Digest code, Signed request) throws SyncException {
        CanonicalWriter out = new CanonicalWriter();
        code.write(out);
        request.write(out);
        byte[] answer = http.send("POST", "/v1/enrolments", out.toByteArray(), HttpChannel.CANONICAL, SMALL)
                .body();
        return ServerConnection.parsed(answer, EnrolmentReply::of);
    }

    @Override
    public void close() {
        http.close();
    }
}
