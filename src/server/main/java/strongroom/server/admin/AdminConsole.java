package strongroom.server.admin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.EnrolmentProof;
import strongroom.protocol.Id;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Order;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.posture.PostureReport;
import strongroom.server.orders.DestructionReport;
import strongroom.server.orders.OrderReport;
import strongroom.server.posture.DevicePosture;
import strongroom.server.share.ShareReport;

/// What an administrator can do, by calls: make codes, look at devices, order. Everything the server says is checked
/// against the root before it is believed. For one thread.
public final class AdminConsole implements AutoCloseable {
    private static final int PEOPLE = 100_000;
    private static final int NAME_LIMIT = 256;
    /// Digits of an id that name a device: nothing, or a slip of the hand, must not order a wipe.
    private static final int SHORTEST = 4;

    private final AdminHome.Credentials credentials;
    private final AdminChannel channel;
    private final Clock clock;
    private final SecureRandom random;

    private AdminConsole(AdminHome.Credentials credentials, AdminChannel channel, Clock clock, SecureRandom random) {
        this.credentials = credentials;
        this.channel = channel;
        this.clock = clock;
        this.random = random;
    }

    private record Named(Id id, String name) {}

    /// @param directory the administrator's folder
    /// @param server `https://host:port` of the administrators' port
    public static AdminConsole open(Path directory, URI server, Clock clock, SecureRandom random)
            throws IOException, AdminException {
        AdminHome.Credentials credentials = new AdminHome(directory).open();
        return new AdminConsole(credentials, new AdminChannel(credentials, server, clock, random), clock, random);
    }

    /// Makes a code that lets one device of a person in. The server gets its public half alone.
    ///
    /// @param user the person's name; a person who is known by it gets one more device
    public EnrolmentCode enrolmentCode(String user, Duration goodFor) throws AdminException {
        byte[] seed = new byte[EnrolmentCode.SEED];
        random.nextBytes(seed);
        EnrolmentCode code = EnrolmentCode.of(seed, credentials.organisation().root());
        byte[] signingSeed = code.signingSeed();
        try {
            Instant now = clock.instant();
            KeyCertificate certificate = new KeyCertificate(
                    KeyCertificate.Role.CODE,
                    person(user),
                    user,
                    SeedSigner.of(signingSeed).verifyingKey(),
                    now,
                    now.plus(goodFor));
            channel.post(
                    "/admin/v1/codes", certificate.sign(credentials.signer()).toByteArray());
            return code;
        } catch (Signer.SigningException e) {
            throw new AdminException("The administrator's key does not sign.", e);
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(signingSeed, (byte) 0);
        }
    }

    /// All devices. @throws AdminException also if the server lists one that nobody let in
    public List<KnownDevice> devices() throws AdminException {
        try {
            Map<Id, ShareReport> shares = new HashMap<>();
            for (ShareReport share : ShareReport.listOf(channel.get("/admin/v1/shares"))) {
                shares.put(share.device(), share);
            }
            Map<Id, DevicePosture> postures = postures();
            List<KnownDevice> devices = new ArrayList<>();
            for (DeviceRecord device : DeviceRecord.listOf(channel.get("/admin/v1/devices"))) {
                EnrolmentProof.Verified proof = device.proof().verify(credentials.organisation(), device.enrolled());
                DevicePosture posture = postures.getOrDefault(device.device(), DevicePosture.none(device.device()));
                devices.add(new KnownDevice(
                        device,
                        proof,
                        shares.getOrDefault(device.device(), ShareReport.none(device.device())),
                        posture.proof(),
                        report(posture, proof)));
            }
            return devices;
        } catch (MalformedException e) {
            throw new AdminException("The server lists a device that no administrator let in.", e);
        }
    }

    /// A server of an earlier version knows of none.
    private Map<Id, DevicePosture> postures() throws AdminException, MalformedException {
        Map<Id, DevicePosture> postures = new HashMap<>();
        byte[] shown = channel.find("/admin/v1/postures").orElse(null);
        if (shown != null) {
            DevicePosture.listOf(shown).forEach(posture -> postures.put(posture.device(), posture));
        }
        return postures;
    }

    private static @Nullable PostureReport report(DevicePosture posture, EnrolmentProof.Verified proof)
            throws AdminException {
        if (posture.report() == null) {
            return null;
        }
        try {
            PostureReport report =
                    PostureReport.open(posture.report(), proof.request().statementKey());
            if (report.device().equals(posture.device())) {
                return report;
            }
        } catch (MalformedException e) {
            throw new AdminException("The server shows a report that its device did not sign.", e);
        }
        throw new AdminException("The server shows the report of one device as another's.");
    }

    /// The one device that `named` means: its id, four digits or more of its beginning, or its name.
    public KnownDevice device(String named) throws AdminException {
        String beginning = named.toLowerCase(Locale.ROOT);
        List<KnownDevice> found = devices().stream()
                .filter(device -> beginning.length() >= SHORTEST
                                && device.record().device().toString().startsWith(beginning)
                        || device.proof().request().deviceName().equalsIgnoreCase(named))
                .toList();
        if (found.size() != 1) {
            throw new AdminException(
                    found.isEmpty()
                            ? "There is no device " + named + "."
                            : named + " is not the name of one device alone. Give more of its id.");
        }
        return found.getFirst();
    }

    /// Signs an order and has the server carry it.
    public Order order(Id device, Order.Action action, String reason) throws AdminException {
        try {
            CanonicalReader in = new CanonicalReader(channel.get("/admin/v1/devices/" + device + "/next-order"));
            long number = in.int64();
            in.end();
            Instant now = clock.instant();
            Order order = new Order(Id.random(random), number, device, action, reason, now, now.plus(goodFor(action)));
            channel.post(
                    "/admin/v1/orders",
                    SignedOrder.of(order, credentials.certificate(), credentials.signer())
                            .toByteArray());
            return order;
        } catch (MalformedException | Signer.SigningException e) {
            throw new AdminException("The order could not be made.", e);
        }
    }

    /// All orders with what their devices said, newest first.
    public List<OrderOutcome> receipts() throws AdminException {
        List<KnownDevice> devices = devices();
        try {
            List<OrderOutcome> outcomes = new ArrayList<>();
            for (OrderReport report : OrderReport.listOf(channel.get("/admin/v1/receipts"))) {
                outcomes.add(OrderOutcome.verified(report, credentials.organisation(), devices));
            }
            return outcomes;
        } catch (MalformedException e) {
            throw new AdminException("The server shows an order or a receipt that nobody signed.", e);
        }
    }

    /// The devices that destroyed their own keys, newest first.
    public List<Destruction> destructions() throws AdminException {
        // A server of an earlier version knows of none.
        byte[] shown = channel.find("/admin/v1/self-destructions").orElse(null);
        if (shown == null) {
            return List.of();
        }
        List<KnownDevice> devices = devices();
        try {
            List<Destruction> destructions = new ArrayList<>();
            for (DestructionReport report : DestructionReport.listOf(shown)) {
                destructions.add(Destruction.verified(report, devices));
            }
            return destructions;
        } catch (MalformedException e) {
            throw new AdminException("The server shows a destruction that no device signed.", e);
        }
    }

    /// What is about policies. Usable as long as this console is open.
    public PolicyDesk policies() {
        return new PolicyDesk(credentials, channel, clock);
    }

    /// What is about recovery. Usable as long as this console is open.
    public Recovery recovery() {
        return new Recovery(credentials, this, channel, clock, random);
    }

    @Override
    public void close() {
        channel.close();
    }

    private Id person(String user) throws AdminException {
        try {
            CanonicalReader in = new CanonicalReader(channel.get("/admin/v1/people"));
            List<Named> people = in.list(PEOPLE, one -> new Named(Id.read(one), one.text(NAME_LIMIT)));
            in.end();
            return people.stream()
                    .filter(person -> person.name.equals(user))
                    .map(Named::id)
                    .findFirst()
                    .orElseGet(() -> Id.random(random));
        } catch (MalformedException e) {
            throw new AdminException("The server's list of people cannot be read.", e);
        }
    }

    /// A laptop may lie in a drawer for years before it asks; numbers, not dates, keep an old order from coming back.
    private static Duration goodFor(Order.Action action) {
        return switch (action) {
            case WIPE -> Duration.ofDays(5 * 365);
            case FREEZE, THAW -> Duration.ofDays(365);
            case DRILL -> Duration.ofDays(30);
        };
    }
}
