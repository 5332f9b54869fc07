package strongroom.server.http;

import static strongroom.server.http.Access.ACTIVE_DEVICE;
import static strongroom.server.http.Access.ADMINISTRATOR;
import static strongroom.server.http.Access.ANYBODY;
import static strongroom.server.http.Access.ANY_DEVICE;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import strongroom.protocol.Commit;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.Digest;
import strongroom.protocol.Organisation;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.device.Certificates;
import strongroom.server.device.Devices;
import strongroom.server.device.Enrolment;
import strongroom.server.device.Grants;
import strongroom.server.orders.DestructionReport;
import strongroom.server.orders.OrderReport;
import strongroom.server.orders.Orders;
import strongroom.server.orders.Receipts;
import strongroom.server.orders.SelfDestructions;
import strongroom.server.people.Codes;
import strongroom.server.people.Person;
import strongroom.server.refusal.RefusedException;
import strongroom.server.vaults.Chunks;
import strongroom.server.vaults.CommitLog;
import strongroom.server.vaults.Vaults;

/// The whole protocol as one table: what can be asked, by whom, how much, and which part answers.
///
/// @param organisation handed to whoever asks
public record Routes(
        Organisation organisation,
        Codes codes,
        Enrolment enrolment,
        Devices devices,
        Certificates certificates,
        Grants grants,
        Vaults vaults,
        CommitLog commits,
        Chunks chunks,
        Orders orders,
        Receipts receipts,
        SelfDestructions destructions,
        PolicyRoutes policies,
        ShareRoutes shares,
        RecoveryRoutes recovery,
        PostureRoutes postures) {
    private static final int NO_BODY = 0;
    private static final int STATEMENT = 64 << 10;
    private static final int CHUNK_IDS = 4 + Wire.CHUNK_PAGE * Digest.SIZE;
    private static final int COMMIT = Commit.BODY_LIMIT + (1 << 20) + 1024;

    private record CodedRequest(Digest code, Signed request) {
        private static CodedRequest of(byte[] sent) throws MalformedException {
            CanonicalReader in = new CanonicalReader(sent);
            CodedRequest request = new CodedRequest(Digest.read(in), Signed.read(in));
            in.end();
            return request;
        }
    }

    /// The table.
    public List<Route> table() {
        return Stream.of(own(), policies.table(), shares.table(), recovery.table(), postures.table())
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> own() {
        return List.of(
                new Route("GET", "/livez", ANYBODY, NO_BODY, _ -> Answer.nothing()),
                new Route(
                        "GET", "/v1/organisation", ANYBODY, NO_BODY, _ -> Answer.canonical(organisation.toByteArray())),
                new Route(
                        "GET",
                        "/v1/codes/{code}",
                        ANYBODY,
                        NO_BODY,
                        call -> Answer.canonical(
                                codes.status(call.digest("code")).toByteArray())),
                new Route("POST", "/v1/enrolments", ANYBODY, STATEMENT, this::enrol),
                new Route("POST", "/admin/v1/codes", ADMINISTRATOR, STATEMENT, this::registerCode),
                new Route("GET", "/admin/v1/people", ADMINISTRATOR, NO_BODY, _ -> Answer.canonical(people())),
                new Route(
                        "GET",
                        "/admin/v1/devices",
                        ADMINISTRATOR,
                        NO_BODY,
                        _ -> Answer.canonical(DeviceRecord.toByteArray(devices.list(null)))),
                new Route(
                        "GET",
                        "/admin/v1/devices/{device}/next-order",
                        ADMINISTRATOR,
                        NO_BODY,
                        call -> Answer.canonical(new CanonicalWriter()
                                .int64(orders.nextNumber(call.id("device")))
                                .toByteArray())),
                new Route("POST", "/admin/v1/orders", ADMINISTRATOR, STATEMENT, this::issueOrder),
                new Route(
                        "GET",
                        "/admin/v1/receipts",
                        ADMINISTRATOR,
                        NO_BODY,
                        _ -> Answer.canonical(OrderReport.toByteArray(receipts.all()))),
                new Route(
                        "GET",
                        "/v1/orders",
                        ANY_DEVICE,
                        NO_BODY,
                        call -> Answer.canonical(SignedOrder.toByteArray(
                                orders.after(call.device().id(), call.number("after"))))),
                new Route("POST", "/v1/orders/{order}/receipts", ANY_DEVICE, 4 * STATEMENT, this::putReceipt),
                new Route("POST", "/v1/self-destruction", ANY_DEVICE, 4 * STATEMENT, this::putDestruction),
                new Route(
                        "GET",
                        "/admin/v1/self-destructions",
                        ADMINISTRATOR,
                        NO_BODY,
                        _ -> Answer.canonical(DestructionReport.toByteArray(destructions.all()))),
                new Route(
                        "POST",
                        "/v1/certificate",
                        ACTIVE_DEVICE,
                        STATEMENT,
                        call -> new Answer.Body(
                                "application/pkix-cert",
                                certificates.renew(call.device().id(), call.body(sent -> sent)))),
                new Route(
                        "GET",
                        "/v1/vaults",
                        ACTIVE_DEVICE,
                        NO_BODY,
                        call -> Answer.canonical(VaultRecord.toByteArray(
                                vaults.list(call.device().person())))),
                new Route("PUT", "/v1/vaults/{vault}", ACTIVE_DEVICE, STATEMENT, this::putVault),
                new Route(
                        "GET",
                        "/v1/vaults/{vault}/commits",
                        ACTIVE_DEVICE,
                        NO_BODY,
                        call -> Answer.canonical(Commit.toByteArray(
                                commits.after(call.device(), call.id("vault"), call.number("after"))))),
                new Route("POST", "/v1/vaults/{vault}/commits", ACTIVE_DEVICE, COMMIT, this::appendCommit),
                new Route("POST", "/v1/vaults/{vault}/chunks/missing", ACTIVE_DEVICE, CHUNK_IDS, this::missingChunks),
                new Route("PUT", "/v1/vaults/{vault}/chunks/{chunk}", ACTIVE_DEVICE, Route.STREAMED, this::putChunk),
                new Route(
                        "GET",
                        "/v1/vaults/{vault}/chunks/{chunk}",
                        ACTIVE_DEVICE,
                        NO_BODY,
                        call -> new Answer.Body(
                                "application/octet-stream",
                                chunks.get(call.device(), call.id("vault"), call.digest("chunk")))),
                new Route(
                        "GET",
                        "/v1/devices",
                        ACTIVE_DEVICE,
                        NO_BODY,
                        call -> Answer.canonical(DeviceRecord.toByteArray(
                                devices.list(call.device().person())))),
                new Route("PUT", "/v1/devices/{device}/grant", ACTIVE_DEVICE, STATEMENT, this::putGrant),
                new Route(
                        "GET",
                        "/v1/grant",
                        ACTIVE_DEVICE,
                        NO_BODY,
                        call -> Answer.canonical(grants.get(call.device().id()).toByteArray())),
                new Route("GET", "/v1/events", ACTIVE_DEVICE, NO_BODY, call -> new Answer.Events(call.device())));
    }

    private Answer enrol(Call call) throws RefusedException {
        CodedRequest coded = call.body(CodedRequest::of);
        return Answer.canonical(enrolment.enrol(coded.code, coded.request).toByteArray());
    }

    private Answer registerCode(Call call) throws RefusedException {
        codes.register(call.administrator(), call.body(Signed::of));
        return Answer.nothing();
    }

    private byte[] people() {
        return new CanonicalWriter()
                .list(codes.people(), (CanonicalWriter out, Person person) -> {
                    person.id().write(out);
                    out.text(person.name());
                })
                .toByteArray();
    }

    private Answer issueOrder(Call call) throws RefusedException {
        orders.issue(call.administrator(), call.body(SignedOrder::of));
        return Answer.nothing();
    }

    private Answer putReceipt(Call call) throws RefusedException {
        receipts.put(call.device(), call.id("order"), call.body(Signed::of));
        return Answer.nothing();
    }

    private Answer putDestruction(Call call) throws RefusedException {
        destructions.put(call.device(), call.body(DestructionReport::of));
        return Answer.nothing();
    }

    private Answer putVault(Call call) throws RefusedException {
        vaults.put(call.device(), call.id("vault"), call.body(Signed::of));
        return Answer.nothing();
    }

    private Answer appendCommit(Call call) throws RefusedException {
        commits.append(call.device(), call.id("vault"), call.body(Commit::of));
        return Answer.nothing();
    }

    private Answer missingChunks(Call call) throws RefusedException {
        List<Digest> asked = call.body(sent -> {
            CanonicalReader in = new CanonicalReader(sent);
            List<Digest> ids = in.list(Wire.CHUNK_PAGE, Digest::read);
            in.end();
            return ids;
        });
        List<Digest> missing = chunks.missing(call.device(), call.id("vault"), asked);
        return Answer.canonical(new CanonicalWriter()
                .list(missing, (CanonicalWriter out, Digest chunk) -> chunk.write(out))
                .toByteArray());
    }

    private Answer putChunk(Call call) throws RefusedException, IOException {
        chunks.put(call.device(), call.id("vault"), call.digest("chunk"), call.stream());
        return Answer.nothing();
    }

    private Answer putGrant(Call call) throws RefusedException {
        grants.put(call.device(), call.id("device"), call.body(Signed::of));
        return Answer.nothing();
    }
}
