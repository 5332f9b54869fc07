package strongroom.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import strongroom.server.admin.AdminConsole;
import strongroom.server.admin.AdminException;
import strongroom.server.admin.AdminHome;
import strongroom.server.admin.RecoveryProof;

/// The options that every command of an administrator takes.
final class AdminAccess {
    @Option(names = "--admin", required = true, description = "The administrator's folder.")
    private Path admin = Path.of("");

    @Option(names = "--server", description = "https://host:port; without it, what `init` was told.")
    private @Nullable URI server;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    AdminConsole console(Clock clock, SecureRandom random) throws IOException, AdminException {
        return AdminConsole.open(admin, server == null ? home().server() : server, clock, random);
    }

    AdminHome home() {
        return new AdminHome(admin);
    }

    RecoveryProof recoveryProof() {
        return new RecoveryProof(admin);
    }

    /// Where `init` put the root's key, if it was never taken away.
    Path rootKey() {
        return admin.resolve("root.key");
    }

    AdminPrinter printer() {
        return new AdminPrinter(System.out, json);
    }
}
