package strongroom.server.http;

import static strongroom.server.http.Access.ADMINISTRATOR;
import static strongroom.server.http.Access.ANYBODY;
import static strongroom.server.http.Access.ANY_DEVICE;

import java.util.List;
import java.util.stream.Stream;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.server.people.Codes;
import strongroom.server.policy.Policies;
import strongroom.server.refusal.RefusedException;

/// The part of the table that is about policies: the same for each kind.
public record PolicyRoutes(Policies policies, Codes codes) {
    private static final int NO_BODY = 0;
    private static final int STATEMENT = 64 << 10;

    List<Route> table() {
        return Stream.concat(
                        PolicyKind.all().stream().flatMap(this::of),
                        // A device chooses its PIN before it has enrolled, and must know what is asked of it.
                        Stream.of(new Route(
                                "GET",
                                "/v1/codes/{code}/" + PolicyKind.PIN.path(),
                                ANYBODY,
                                NO_BODY,
                                this::forTheHolderOfACode)))
                .toList();
    }

    private Stream<Route> of(PolicyKind<?> kind) {
        String path = "/v1/" + kind.path();
        return Stream.of(
                new Route("GET", "/admin" + path, ADMINISTRATOR, NO_BODY, _ -> shown(kind)),
                new Route("PUT", "/admin" + path, ADMINISTRATOR, STATEMENT, call -> put(kind, call)),
                new Route("GET", path, ANY_DEVICE, NO_BODY, _ -> shown(kind)));
    }

    private Answer forTheHolderOfACode(Call call) throws RefusedException {
        codes.status(call.digest("code"));
        return shown(PolicyKind.PIN);
    }

    private Answer shown(PolicyKind<?> kind) throws RefusedException {
        return Answer.canonical(policies.get(kind).toByteArray());
    }

    private Answer put(PolicyKind<?> kind, Call call) throws RefusedException {
        policies.put(call.administrator(), kind, call.body(SignedPolicy::of));
        return Answer.nothing();
    }
}
