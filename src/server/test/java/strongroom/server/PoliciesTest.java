package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Order;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SharePolicy;
import strongroom.protocol.policy.SharePolicy.Mode;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.server.admin.AdminConsole;
import strongroom.server.admin.AdminException;
import strongroom.server.audit.Audit;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;

class PoliciesTest {
    private static final String PATH = "/admin/v1/policy";

    @TempDir
    private Path directory;

    private TestOrganisation organisation;
    private DeviceClient device;
    private AdminConsole console;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory, new PinnedClock());
        device = organisation.enrol("Grace");
        console = organisation.console();
    }

    @AfterEach
    void stop() {
        console.close();
        device.close();
        organisation.close();
    }

    private SharePolicy policy(long number, Mode mode) {
        boolean leased = mode == Mode.LEASE;
        return new SharePolicy(number, mode, leased ? 24 : 0, leased ? 5 : 0, organisation.clock.instant());
    }

    private SignedPolicy signed(SharePolicy policy) throws Exception {
        return SignedPolicy.of(policy, organisation.administratorsCertificate(), organisation.administrator());
    }

    private HttpResponse<byte[]> put(SignedPolicy policy) throws Exception {
        return organisation.sendAsAdministrator("PUT", PATH, policy.toByteArray());
    }

    private SharePolicy shown() throws Exception {
        return SignedPolicy.of(DeviceClient.require(200, device.get("/v1/policy")))
                .verify(PolicyKind.SHARE, organisation.organisation());
    }

    @Test
    void whatTheAdministratorSignedIsShownToEveryDeviceWhateverItsStatus() throws Exception {
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, device.get("/v1/policy"));
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, organisation.sendAsAdministrator("GET", PATH, new byte[0]));
        assertEquals(Optional.empty(), console.policies().find(PolicyKind.SHARE));

        SharePolicy set = console.policies().setShare(Mode.LEASE, 24, 5);
        console.order(device.id(), Order.Action.FREEZE, "");

        assertEquals(policy(1, Mode.LEASE), set);
        assertEquals(set, shown());
        assertEquals(Optional.of(set), console.policies().find(PolicyKind.SHARE));
        organisation.restart();
        assertEquals(set, shown());
    }

    @Test
    void onlyAHigherNumberTakesThePlaceOfTheOneInForce() throws Exception {
        SignedPolicy fifth = signed(policy(5, Mode.ALWAYS));
        DeviceClient.require(204, put(fifth));
        DeviceClient.require(204, put(fifth));

        for (long number : new long[] {1, 4, 5}) {
            DeviceClient.requireRefused(409, Refusal.CONFLICT, put(signed(policy(number, Mode.OFF))));
        }
        assertEquals(policy(5, Mode.ALWAYS), shown());

        assertEquals(6, console.policies().setShare(Mode.OFF, 0, 0).number());
        DeviceClient.requireRefused(409, Refusal.CONFLICT, put(fifth));
        assertEquals(policy(6, Mode.OFF), shown());
    }

    @Test
    void nobodyButAnAdministratorMakesAPolicy() throws Exception {
        Signer eve = DeviceKeys.random().person();
        Instant now = organisation.clock.instant();
        Signed own = new KeyCertificate(
                        KeyCertificate.Role.ADMINISTRATOR,
                        Id.random(organisation.random),
                        "Eve",
                        eve.verifyingKey(),
                        now,
                        now.plus(Duration.ofDays(1)))
                .sign(eve);
        SharePolicy off = policy(1, Mode.OFF);
        SharePolicy later = new SharePolicy(1, Mode.OFF, 0, 0, now.plus(Duration.ofMinutes(6)));

        for (SignedPolicy bad : List.of(
                SignedPolicy.of(off, own, eve),
                SignedPolicy.of(off, organisation.administratorsCertificate(), eve),
                signed(later))) {
            DeviceClient.requireRefused(400, Refusal.MALFORMED, put(bad));
        }
        DeviceClient.requireRefused(
                403,
                Refusal.NOT_ADMINISTRATOR,
                organisation.send("PUT", PATH, signed(off).toByteArray()));
        DeviceClient.requireRefused(
                404, Refusal.NOT_FOUND, device.send("PUT", PATH, signed(off).toByteArray()));
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, device.get("/v1/policy"));
    }

    @Test
    void whatNoPolicyCanSayIsNotSigned() throws Exception {
        assertThrows(AdminException.class, () -> console.policies().setShare(Mode.LEASE, 0, 5));
        assertThrows(AdminException.class, () -> console.policies().setShare(Mode.ALWAYS, 1, 0));
        assertThrows(AdminException.class, () -> console.policies().setPin(5, 0, 0, false));
        assertThrows(AdminException.class, () -> console.policies().setPin(6, 0, 4, false));
        assertEquals(Optional.empty(), console.policies().find(PolicyKind.PIN));
        assertEquals(Optional.empty(), console.policies().find(PolicyKind.SHARE));
    }

    @Test
    void eachKindOfPolicyIsInForceForItself() throws Exception {
        PinPolicy pins = console.policies().setPin(10, 90, 12, true);
        console.policies().setShare(Mode.ALWAYS, 0, 0);
        console.policies().setShare(Mode.OFF, 0, 0);

        assertEquals(new PinPolicy(1, 10, 90, 12, true, organisation.clock.instant()), pins);
        assertEquals(Optional.of(pins), console.policies().find(PolicyKind.PIN));
        assertEquals(policy(2, Mode.OFF), shown());
        assertEquals(
                pins,
                SignedPolicy.of(DeviceClient.require(200, device.get("/v1/pin-policy")))
                        .verify(PolicyKind.PIN, organisation.organisation()));
        // One kind is not put in the place of another.
        byte[] pin = DeviceClient.require(200, device.get("/v1/pin-policy"));
        DeviceClient.requireRefused(400, Refusal.MALFORMED, organisation.sendAsAdministrator("PUT", PATH, pin));
    }

    @Test
    void whoHasACodeIsToldWhatAPinMustBeAndNobodyElse() throws Exception {
        String path = "/v1/codes/" + TestOrganisation.fingerprint(organisation.code("Linus")) + "/pin-policy";
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, organisation.send("GET", path, new byte[0]));

        PinPolicy pins = console.policies().setPin(10, 0, 0, false);

        assertEquals(
                pins,
                SignedPolicy.of(DeviceClient.require(200, organisation.send("GET", path, new byte[0])))
                        .verify(PolicyKind.PIN, organisation.organisation()));
        DeviceClient.requireRefused(
                404,
                Refusal.CODE_UNKNOWN,
                organisation.send("GET", "/v1/codes/" + Digest.ZERO + "/pin-policy", new byte[0]));
        DeviceClient.requireRefused(404, Refusal.NOT_FOUND, organisation.send("GET", "/v1/pin-policy", new byte[0]));
    }

    @Test
    void eachPolicyHasOneRowInTheAuditThatNamesIt() throws Exception {
        SignedPolicy first = signed(policy(1, Mode.ALWAYS));
        SignedPolicy second = signed(policy(2, Mode.OFF));
        put(first);
        put(first);
        put(second);
        put(first);

        try (Database database = organisation.database()) {
            assertTrue(database.read(new Audit(organisation.clock)::isWhole));
            List<Digest> named = database.read(
                    handle -> handle.createQuery("SELECT object FROM audit WHERE act = 'policy' ORDER BY sequence")
                            .map((row, _) -> Columns.digest(row, "object"))
                            .list());
            assertEquals(List.of(first.policy().digest(), second.policy().digest()), named);
            int kept = database.read(handle -> handle.createQuery("SELECT count(*) FROM policy")
                    .mapTo(Integer.class)
                    .one());
            assertEquals(2, kept);
        }
    }
}
