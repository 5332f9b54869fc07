package strongroom.server.http;

import static strongroom.server.http.Access.ACTIVE_DEVICE;
import static strongroom.server.http.Access.ADMINISTRATOR;

import java.util.List;
import strongroom.protocol.Signed;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.server.posture.DevicePosture;
import strongroom.server.posture.Postures;
import strongroom.server.posture.TpmProofs;
import strongroom.server.refusal.RefusedException;

/// The part of the table that is about how devices stand.
public record PostureRoutes(Postures postures, TpmProofs proofs) {
    private static final int NO_BODY = 0;
    private static final int STATEMENT = 64 << 10;

    List<Route> table() {
        return List.of(
                new Route(
                        "GET",
                        "/admin/v1/postures",
                        ADMINISTRATOR,
                        NO_BODY,
                        _ -> Answer.canonical(DevicePosture.toByteArray(postures.all()))),
                new Route("PUT", "/v1/posture", ACTIVE_DEVICE, STATEMENT, this::report),
                new Route("POST", "/v1/tpm/challenges", ACTIVE_DEVICE, STATEMENT, this::ask),
                new Route("POST", "/v1/tpm/proofs", ACTIVE_DEVICE, STATEMENT, this::answer));
    }

    private Answer report(Call call) throws RefusedException {
        return Answer.canonical(
                postures.put(call.device(), call.body(Signed::of)).toByteArray());
    }

    private Answer ask(Call call) throws RefusedException {
        return Answer.canonical(
                proofs.ask(call.device(), call.body(TpmIdentity::of)).toByteArray());
    }

    private Answer answer(Call call) throws RefusedException {
        return Answer.canonical(
                proofs.answer(call.device(), call.body(TpmProof::of)).toByteArray());
    }
}
