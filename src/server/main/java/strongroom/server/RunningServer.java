package strongroom.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;

/// A server that listens on both ports until it is closed. Safe for all threads.
public final class RunningServer implements AutoCloseable {
    private final Composition composition;

    private RunningServer(Composition composition) {
        this.composition = composition;
    }

    /// Starts on any two free ports, with the clock of the machine: for tests.
    ///
    /// @param home made by {@link NewOrganisation}
    public static RunningServer start(Path home) throws IOException {
        return start(home, 0, 0, Clock.systemUTC(), new SecureRandom());
    }

    /// Starts on given ports, 0 for any that is free.
    public static RunningServer start(Path home, int devicePort, int adminPort, Clock clock, SecureRandom random)
            throws IOException {
        ServerHome files = new ServerHome(home);
        if (!Files.exists(files.organisation())) {
            throw new IOException(home + " has no organisation yet; make one with `init`");
        }
        try {
            return new RunningServer(Composition.start(files, devicePort, adminPort, clock, random));
        } catch (GeneralSecurityException e) {
            throw new IOException("the keys in " + home + " cannot be read", e);
        }
    }

    /// TCP port of devices.
    public int devicePort() {
        return composition.devicePort();
    }

    /// TCP port of enrolment and administrators.
    public int adminPort() {
        return composition.adminPort();
    }

    /// Ends open streams, lets requests finish for a few seconds, and closes everything.
    @Override
    public void close() {
        composition.close();
    }
}
