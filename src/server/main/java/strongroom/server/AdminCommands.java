package strongroom.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.Order;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SharePolicy;
import strongroom.server.admin.AdminConsole;
import strongroom.server.admin.AdminException;
import strongroom.server.admin.KnownDevice;
import strongroom.server.admin.PolicyDesk;

/// The commands of administrators. They run on the administrator's machine and need no access to the server's.
@Command(
        name = "admin",
        description = "Let people in, look at devices, give orders.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class AdminCommands {
    private final Clock clock;
    private final SecureRandom random;

    AdminCommands(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Command(name = "enrol-code", description = "Make a code that lets one device of a person in.")
    int enrolCode(
            @Parameters(paramLabel = "USER", description = "The person's name.") String user,
            @Mixin AdminAccess access,
            @Option(names = "--days", defaultValue = "7", description = "How long the code is good.") int days)
            throws IOException, AdminException {
        try (AdminConsole console = access.console(clock, random)) {
            EnrolmentCode code = console.enrolmentCode(user, Duration.ofDays(days));
            access.printer().code(user, code, days);
            return 0;
        }
    }

    @Command(description = "Make one more administrator, or the same one anew. Needs the root's key.")
    int add(
            @Parameters(paramLabel = "NAME", description = "Shown with each order.") String name,
            @Mixin AdminAccess access,
            @Option(names = "--root", required = true, description = "The file root.key.") Path root,
            @Option(names = "--to", required = true, description = "The new administrator's folder.") Path to)
            throws IOException {
        access.home().add(root, to, name, clock, random);
        System.out.println("Hand " + to + " to " + name + ". Take root.key away from this machine again.");
        return 0;
    }

    @Command(description = "List the devices.")
    int devices(@Mixin AdminAccess access) throws IOException, AdminException {
        try (AdminConsole console = access.console(clock, random)) {
            access.printer().devices(console.devices(), clock.instant());
            RecoveryCommands.warn(console.recovery(), access, clock);
            return 0;
        }
    }

    @Command(description = "Show or set whether laptops need the server to open.")
    int share(
            @Parameters(
                            paramLabel = "off|lease|always",
                            arity = "0..1",
                            description = "Without it, the policy in force is shown.")
                    SharePolicy.@Nullable Mode mode,
            @Mixin AdminAccess access,
            @Option(names = "--hours", description = "How long a lease is good; 72 if not said.") @Nullable
                    Integer hours,
            @Option(names = "--restarts", description = "How often a laptop may be switched on in it; 20 if not said.")
                    @Nullable
                    Integer restarts)
            throws IOException, AdminException {
        boolean leased = mode == SharePolicy.Mode.LEASE;
        if (!leased && (hours != null || restarts != null)) {
            throw new AdminException("Only a lease has hours and restarts. Nothing was changed.");
        }
        try (AdminConsole console = access.console(clock, random)) {
            PolicyDesk policies = console.policies();
            access.printer()
                    .policy(
                            mode == null
                                    ? policies.find(PolicyKind.SHARE)
                                    : Optional.of(policies.setShare(
                                            mode, said(hours, leased ? 72 : 0), said(restarts, leased ? 20 : 0))),
                            "laptops open without the server.");
            return 0;
        }
    }

    @Command(description = "Show or set what a PIN must be and what wrong ones do. What is not said stays as it is.")
    int pin(
            @Mixin AdminAccess access,
            @Option(names = "--shortest", paramLabel = "N", description = "Fewest characters, 6 to 64.") @Nullable
                    Integer shortest,
            @Option(names = "--longest-age", paramLabel = "DAYS", description = "Then it must be changed; 0: never.")
                    @Nullable
                    Integer longestAge,
            @Option(
                            names = "--destroy-after",
                            paramLabel = "N",
                            description =
                                    "Wrong PINs in a row at which a laptop destroys its keys, 5 to 100; 0: never.")
                    @Nullable
                    Integer destroyAfter,
            @Option(
                            names = "--ask-again",
                            arity = "1",
                            paramLabel = "true|false",
                            description = "Whether export and destruction of documents ask for the PIN again.")
                    @Nullable
                    Boolean askAgain)
            throws IOException, AdminException {
        try (AdminConsole console = access.console(clock, random)) {
            PolicyDesk policies = console.policies();
            Optional<PinPolicy> before = policies.find(PolicyKind.PIN);
            boolean shows = shortest == null && longestAge == null && destroyAfter == null && askAgain == null;
            access.printer()
                    .policy(
                            shows
                                    ? before
                                    : Optional.of(policies.setPin(
                                            said(
                                                    shortest,
                                                    before.map(PinPolicy::shortest)
                                                            .orElse(PinPolicy.MIN_SHORTEST)),
                                            said(
                                                    longestAge,
                                                    before.map(PinPolicy::longestAge)
                                                            .orElse(0)),
                                            said(
                                                    destroyAfter,
                                                    before.map(PinPolicy::destroyAfter)
                                                            .orElse(0)),
                                            askAgain == null
                                                    ? before.map(PinPolicy::askAgain)
                                                            .orElse(false)
                                                    : askAgain)),
                            "PINs are as the program wants them, and no wrong one destroys anything.");
            return 0;
        }
    }

    private static int said(@Nullable Integer said, int otherwise) {
        return said == null ? otherwise : said;
    }

    @Command(description = "List the orders and what the devices said.")
    int receipts(@Mixin AdminAccess access) throws IOException, AdminException {
        try (AdminConsole console = access.console(clock, random)) {
            access.printer().receipts(console.receipts(), console.destructions());
            return 0;
        }
    }

    @Command(description = "Destroy everything of the vault on a device. Cannot be undone.")
    int wipe(
            @Parameters(paramLabel = "DEVICE", description = "Id, its beginning, or name.") String device,
            @Mixin AdminAccess access,
            @Option(names = "--reason", required = true, description = "Shown on the device.") String reason,
            @Option(names = "--yes", description = "Do not ask.") boolean yes)
            throws IOException, AdminException {
        try (AdminConsole console = access.console(clock, random)) {
            KnownDevice found = console.device(device);
            if (!yes && !isConfirmed(found)) {
                throw new AdminException("Not confirmed. Nothing was ordered.");
            }
            return order(console, access, found, Order.Action.WIPE, reason);
        }
    }

    @Command(description = "Lock a device until it is thawed.")
    int freeze(
            @Parameters(paramLabel = "DEVICE", description = "Id, its beginning, or name.") String device,
            @Mixin AdminAccess access,
            @Option(names = "--reason", defaultValue = "", description = "Shown on the device.") String reason)
            throws IOException, AdminException {
        try (AdminConsole console = access.console(clock, random)) {
            return order(console, access, console.device(device), Order.Action.FREEZE, reason);
        }
    }

    @Command(description = "End a freeze.")
    int thaw(
            @Parameters(paramLabel = "DEVICE", description = "Id, its beginning, or name.") String device,
            @Mixin AdminAccess access,
            @Option(names = "--reason", defaultValue = "", description = "Shown on the device.") String reason)
            throws IOException, AdminException {
        try (AdminConsole console = access.console(clock, random)) {
            return order(console, access, console.device(device), Order.Action.THAW, reason);
        }
    }

    @Command(description = "Have a device report what a wipe would destroy. Touches nothing.")
    int drill(
            @Parameters(paramLabel = "DEVICE", description = "Id, its beginning, or name.") String device,
            @Mixin AdminAccess access,
            @Option(names = "--reason", defaultValue = "", description = "Shown on the device.") String reason)
            throws IOException, AdminException {
        try (AdminConsole console = access.console(clock, random)) {
            return order(console, access, console.device(device), Order.Action.DRILL, reason);
        }
    }

    private static int order(
            AdminConsole console, AdminAccess access, KnownDevice device, Order.Action action, String reason)
            throws AdminException, IOException {
        Order order = console.order(device.record().device(), action, reason);
        access.printer().ordered(order, device);
        return 0;
    }

    private static boolean isConfirmed(KnownDevice device) throws IOException {
        String beginning = device.record().device().toString().substring(0, 8);
        System.out.printf(
                "Everything of the vault on \"%s\" of %s will be destroyed.%nType %s to go on: ",
                AdminPrinter.printable(device.proof().request().deviceName()),
                AdminPrinter.printable(device.proof().personName()),
                beginning);
        System.out.flush();
        String typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return typed != null && typed.strip().equals(beginning);
    }
}
