package strongroom.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import strongroom.server.admin.AdminConsole;
import strongroom.server.admin.AdminException;
import strongroom.server.admin.KnownDevice;
import strongroom.server.admin.Recovery;
import strongroom.server.admin.RecoveryShares;

/// Gives the keys of a person who has no other device to a new one that waits.
@Command(name = "recover", description = "Give a person's keys to their new device, with enough recovery shares.")
final class RecoverCommand implements Callable<Integer> {
    private final Clock clock;
    private final SecureRandom random;

    @Parameters(paramLabel = "DEVICE", description = "Id, its beginning, or name.")
    private String device = "";

    @Mixin
    private AdminAccess access = new AdminAccess();

    @Option(names = "--share", required = true, arity = "1..*", paramLabel = "FILE", description = "A recovery share.")
    private List<Path> files = List.of();

    @Option(names = "--digits", description = "The digits on the device's own screen, to be compared.")
    private @Nullable String digits;

    @Option(names = "--yes", description = "Do not ask; needs --digits.")
    private boolean yes;

    RecoverCommand(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws IOException, AdminException {
        if (yes && digits == null) {
            throw new AdminException("--yes needs --digits: nobody else compares them. Nothing was done.");
        }
        try (RecoveryShares shares = RecoveryShares.read(files);
                AdminConsole console = access.console(clock, random)) {
            Recovery recovery = console.recovery();
            KnownDevice found = recovery.waiting(device);
            String shown = found.proof().request().approvalCode();
            if (digits != null && !digits.replaceAll("[\\s-]", "").equals(shown.replace(" ", ""))) {
                throw new AdminException("The digits are not those of the device that the server shows. Somebody may"
                        + " have put another in its place. Nothing was done.");
            }
            if (!yes && !isConfirmed(found, shown)) {
                throw new AdminException("Not confirmed. Nothing was done.");
            }
            recovery.recover(found, shares);
            System.out.printf(
                    "The keys of \"%s\" are on their way to \"%s\".%n",
                    AdminPrinter.printable(found.proof().personName()),
                    AdminPrinter.printable(found.proof().request().deviceName()));
            return 0;
        }
    }

    private static boolean isConfirmed(KnownDevice device, String digits) throws IOException {
        String beginning = device.record().device().toString().substring(0, 8);
        System.out.printf(
                """
                "%s", enrolled %s, will get the keys of "%s" and read all of their documents.
                Its own screen must show: %s
                Ask its person for the digits face to face, or by a number that you knew before.
                If they are the same, type %s to go on:\s""",
                AdminPrinter.printable(device.proof().request().deviceName()),
                device.record().enrolled(),
                AdminPrinter.printable(device.proof().personName()),
                digits,
                beginning);
        System.out.flush();
        String typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return typed != null && typed.strip().equals(beginning);
    }
}
