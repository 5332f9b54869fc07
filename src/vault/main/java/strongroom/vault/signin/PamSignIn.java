package strongroom.vault.signin;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.vault.crypto.SecretBytes;

/// Asks PAM: a fingerprint where there is a reader, else the password, as the file of the service says. It
/// runs in a short-lived process of ours, since PAM's modules are loaded into the one that asks. A user can be
/// asked only for himself, and not in a sandbox that forbids new privileges, where PAM's helper cannot read
/// the password file. **A yes or no and no key**: the delay after a wrong password and the verdict are our own
/// process's word.
public final class PamSignIn implements PlatformSignIn {
    private static final Logger LOG = LoggerFactory.getLogger(PamSignIn.class);
    private static final String SERVICE = "strongroom";
    private static final List<Path> SERVICES = List.of(Path.of("/etc/pam.d"), Path.of("/usr/lib/pam.d"));
    private static final Path STATUS = Path.of("/proc/self/status");

    private final ReentrantLock turn = new ReentrantLock();
    private final String service;
    private final String user;
    private final PasswordPrompt prompt;
    private @Nullable Process asking;
    private boolean closed;

    /// For the user who runs this program.
    PamSignIn(PasswordPrompt prompt) {
        this(SERVICE, System.getProperty("user.name"), prompt);
    }

    PamSignIn(String service, String user, PasswordPrompt prompt) {
        this.service = service;
        this.user = user;
        this.prompt = prompt;
    }

    /// Without a file of the service PAM would take the one for all others, which may say anything.
    @Override
    public boolean isAvailable() {
        return SERVICES.stream().anyMatch(folder -> Files.exists(folder.resolve(service))) && mayGainPrivileges();
    }

    private static boolean mayGainPrivileges() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.noneMatch(line -> line.matches("NoNewPrivs:\\s*1"));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Verdict ask(String reason) {
        if (!turn.tryLock()) {
            return Verdict.BUSY;
        }
        try {
            if (!isAvailable()) {
                return Verdict.UNAVAILABLE;
            }
            Process process = start();
            if (process == null) {
                return Verdict.CANCELLED;
            }
            return converse(process, reason);
        } catch (IOException e) {
            LOG.info("PAM could not be asked", e);
            return isClosed() ? Verdict.CANCELLED : Verdict.UNAVAILABLE;
        } finally {
            turn.unlock();
        }
    }

    private Verdict converse(Process process, String reason) throws IOException {
        @Nullable Verdict unanswered = null;
        try (DataOutputStream out = new DataOutputStream(process.getOutputStream())) {
            for (int said = process.getInputStream().read();
                    said >= 0;
                    said = process.getInputStream().read()) {
                // A module may talk, too.
                if (said == PamMain.WANTED) {
                    unanswered = answer(out, reason);
                    out.flush();
                }
            }
            int status = process.waitFor();
            return isClosed() ? Verdict.CANCELLED : unanswered != null ? unanswered : verdict(status);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.CANCELLED;
        } finally {
            process.destroyForcibly();
        }
    }

    /// @return what it comes to if PAM gets no answer; null if it gets one
    private @Nullable Verdict answer(DataOutputStream out, String reason) throws IOException {
        try (SecretBytes password = prompt.password(reason)) {
            if (password != null && isUsable(password)) {
                write(out, password);
                return null;
            }
            out.writeShort(PamMain.NONE);
            return password == null ? Verdict.CANCELLED : Verdict.REFUSED;
        }
    }

    /// A zero byte would end it for PAM, and what follows would not matter.
    private static boolean isUsable(SecretBytes password) {
        return password.size() <= PamMain.LONGEST && password.<Boolean, RuntimeException>use(PamSignIn::hasNoZero);
    }

    private static void write(DataOutputStream out, SecretBytes password) throws IOException {
        out.writeShort(password.size());
        password.<Integer, IOException>use(bytes -> {
            out.write(bytes);
            return bytes.length;
        });
    }

    private static boolean hasNoZero(byte[] bytes) {
        for (byte each : bytes) {
            if (each == 0) {
                return false;
            }
        }
        return true;
    }

    /// By the return values in pam(3).
    private static Verdict verdict(int status) {
        return switch (status) {
            case Pam.SUCCESS -> Verdict.VERIFIED;
            case 6, // PAM_PERM_DENIED
                    Pam.AUTH_ERR,
                    10, // PAM_USER_UNKNOWN
                    11, // PAM_MAXTRIES
                    12, // PAM_NEW_AUTHTOK_REQD
                    13 -> // PAM_ACCT_EXPIRED
                Verdict.REFUSED;
            default -> {
                LOG.info("PAM cannot tell: {}", status);
                yield Verdict.UNAVAILABLE;
            }
        };
    }

    private synchronized @Nullable Process start() throws IOException {
        if (closed) {
            return null;
        }
        // No other process reads the password in its memory.
        asking = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+DisableAttachMechanism",
                        "-XX:-UsePerfData",
                        "-XX:-HeapDumpOnOutOfMemoryError",
                        "-XX:-CreateCoredumpOnCrash",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PamMain.class.getName(),
                        service,
                        user)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return asking;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (asking != null) {
            asking.destroyForcibly();
        }
    }
}
