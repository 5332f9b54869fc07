package strongroom.server.http;

import static strongroom.server.http.Access.ACTIVE_DEVICE;
import static strongroom.server.http.Access.ADMINISTRATOR;

import java.util.List;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.LeaseRequest;
import strongroom.server.refusal.RefusedException;
import strongroom.server.share.Evaluations;
import strongroom.server.share.Exposure;
import strongroom.server.share.Leases;
import strongroom.server.share.ShareKeys;
import strongroom.server.share.ShareReport;

/// The part of the table that is about the server's share.
public record ShareRoutes(ShareKeys keys, Evaluations evaluations, Leases leases, Exposure exposure) {
    private static final int NO_BODY = 0;
    private static final int STATEMENT = 64 << 10;

    List<Route> table() {
        return List.of(
                new Route(
                        "GET",
                        "/admin/v1/shares",
                        ADMINISTRATOR,
                        NO_BODY,
                        _ -> Answer.canonical(ShareReport.toByteArray(exposure.all()))),
                new Route("PUT", "/v1/share/{slot}", ACTIVE_DEVICE, STATEMENT, this::makeKey),
                new Route("POST", "/v1/share/{slot}/evaluations", ACTIVE_DEVICE, STATEMENT, this::evaluate),
                new Route("POST", "/v1/share/{slot}/confirmations", ACTIVE_DEVICE, STATEMENT, this::confirm),
                new Route("POST", "/v1/share/{slot}/leases", ACTIVE_DEVICE, STATEMENT, this::grantLease));
    }

    private Answer makeKey(Call call) throws RefusedException {
        VerifyingKey confirmationKey = call.body(ShareRoutes::key);
        return Answer.canonical(
                keys.make(call.device(), call.id("slot"), confirmationKey).toByteArray());
    }

    private Answer evaluate(Call call) throws RefusedException {
        byte[] blinded = call.body(sent -> sent);
        return Answer.canonical(
                evaluations.evaluate(call.device(), call.id("slot"), blinded).toByteArray());
    }

    private Answer confirm(Call call) throws RefusedException {
        evaluations.confirm(call.device(), call.id("slot"), call.body(Signed::of));
        return Answer.nothing();
    }

    private Answer grantLease(Call call) throws RefusedException {
        LeaseRequest request = call.body(LeaseRequest::of);
        return Answer.canonical(
                leases.grant(call.device(), call.id("slot"), request).toByteArray());
    }

    private static VerifyingKey key(byte[] sent) throws MalformedException {
        CanonicalReader in = new CanonicalReader(sent);
        VerifyingKey key = VerifyingKey.read(in);
        in.end();
        return key;
    }
}
