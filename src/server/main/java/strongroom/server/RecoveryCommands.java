package strongroom.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import strongroom.protocol.RecoveryKey;
import strongroom.server.admin.AdminConsole;
import strongroom.server.admin.AdminException;
import strongroom.server.admin.Recovery;
import strongroom.server.admin.RecoveryCheck;
import strongroom.server.admin.RecoveryShares;

/// The commands that make the recovery key and prove that it works.
@Command(
        name = "recovery",
        description = "Make the organisation's recovery key, and prove that it works.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class RecoveryCommands {
    private final Clock clock;
    private final SecureRandom random;

    RecoveryCommands(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Command(description = "Make the recovery key, or a new one in its place. Needs the root's key.")
    int init(
            @Mixin AdminAccess access,
            @Option(names = "--shares", required = true, description = "How many shares there are.") int shares,
            @Option(names = "--threshold", required = true, description = "How many of them are needed.") int threshold,
            @Option(names = "--to", required = true, description = "Folder for the shares.") Path to,
            @Option(names = "--root", description = "The file root.key; without it, the one in the admin's folder.")
                    @Nullable
                    Path root)
            throws IOException, AdminException {
        Path rootKey = root == null ? access.rootKey() : root;
        if (!Files.exists(rootKey)) {
            throw new AdminException(
                    "There is no file " + rootKey + ". The recovery key needs the root's signature: give --root.");
        }
        try (AdminConsole console = access.console(clock, random)) {
            List<Path> files = console.recovery().init(shares, threshold, rootKey, to);
            files.forEach(System.out::println);
            System.out.println("Print each, hand it to one administrator, and delete the files.");
            System.out.println(threshold + " of the " + shares + " together open the documents of everybody.");
            System.out.println("Devices leave their keys the next time that somebody unlocks them.");
            return 0;
        }
    }

    @Command(description = "Prove that the shares open the keys of everybody. Changes nothing.")
    int check(
            @Mixin AdminAccess access,
            @Option(names = "--share", required = true, arity = "1..*", paramLabel = "FILE") List<Path> files)
            throws IOException, AdminException {
        try (RecoveryShares shares = RecoveryShares.read(files);
                AdminConsole console = access.console(clock, random)) {
            Recovery recovery = console.recovery();
            warn(recovery, access, clock);
            RecoveryKey key = recovery.key()
                    .orElseThrow(() -> new AdminException("There is no recovery key. Make one: admin recovery init"));
            List<RecoveryCheck> checks = recovery.check(key, shares);
            access.printer().recoveryChecks(checks);
            if (checks.stream().noneMatch(check -> check.result() == RecoveryCheck.Result.REFUSED)) {
                proved(key, access);
            }
            return checks.stream().allMatch(check -> check.result() == RecoveryCheck.Result.OPENS) ? 0 : 1;
        }
    }

    /// Notes that the shares gave the key, and says until when that is good, on standard error as the warning.
    private void proved(RecoveryKey key, AdminAccess access) throws IOException {
        Instant now = clock.instant();
        access.recoveryProof().write(key.fingerprint(), now);
        System.err.println("At " + now + " these shares gave the recovery key " + key.number()
                + ". Bring them together again by " + access.recoveryProof().due(key, now) + ".");
    }

    /// Says on standard error if the last proof is too old: what is printed for programs stays as it is.
    static void warn(Recovery recovery, AdminAccess access, Clock clock) throws IOException, AdminException {
        Optional<RecoveryKey> key = recovery.key();
        if (key.isPresent()) {
            access.recoveryProof().warning(key.get(), clock.instant()).ifPresent(System.err::println);
        }
    }
}
