package strongroom.server.http;

import static strongroom.server.http.Access.ACTIVE_DEVICE;
import static strongroom.server.http.Access.ADMINISTRATOR;

import java.util.List;
import strongroom.protocol.RecoveryGrant;
import strongroom.protocol.Signed;
import strongroom.server.device.Grants;
import strongroom.server.recovery.RecoveryGrants;
import strongroom.server.recovery.RecoveryKeys;
import strongroom.server.refusal.RefusedException;

/// The part of the table that is about bringing back the keys of a person who has no device left.
///
/// @param handed takes what an administrator brought back, as it takes what a device hands over
public record RecoveryRoutes(RecoveryKeys keys, RecoveryGrants grants, Grants handed) {
    private static final int NO_BODY = 0;
    private static final int STATEMENT = 64 << 10;

    List<Route> table() {
        return List.of(
                new Route("GET", "/admin/v1/recovery-key", ADMINISTRATOR, NO_BODY, _ -> newestKey()),
                new Route("PUT", "/admin/v1/recovery-key", ADMINISTRATOR, STATEMENT, this::putKey),
                new Route(
                        "GET",
                        "/admin/v1/people/{person}/recovery-grants",
                        ADMINISTRATOR,
                        NO_BODY,
                        call -> Answer.canonical(
                                RecoveryGrant.toByteArray(grants.of(call.administrator(), call.id("person"))))),
                new Route("PUT", "/admin/v1/devices/{device}/grant", ADMINISTRATOR, STATEMENT, this::handOver),
                new Route("GET", "/v1/recovery-key", ACTIVE_DEVICE, NO_BODY, _ -> newestKey()),
                new Route(
                        "GET",
                        "/v1/recovery-grant",
                        ACTIVE_DEVICE,
                        NO_BODY,
                        call -> Answer.canonical(
                                grants.get(call.device().person()).toByteArray())),
                new Route("PUT", "/v1/recovery-grant", ACTIVE_DEVICE, STATEMENT, this::putGrant));
    }

    private Answer newestKey() throws RefusedException {
        return Answer.canonical(keys.newest().toByteArray());
    }

    private Answer putKey(Call call) throws RefusedException {
        keys.put(call.administrator(), call.body(Signed::of));
        return Answer.nothing();
    }

    private Answer handOver(Call call) throws RefusedException {
        handed.recover(call.administrator(), call.id("device"), call.body(Signed::of));
        return Answer.nothing();
    }

    private Answer putGrant(Call call) throws RefusedException {
        grants.put(call.device(), call.body(Signed::of));
        return Answer.nothing();
    }
}
