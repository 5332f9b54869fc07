package strongroom.vault.signin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks for what the person signs in to Windows with, in the window of Windows (CredUI): mostly a password.
/// Windows looks whether it is right and whose it is, counts wrong ones as at its own sign-in, and refuses an
/// account without one. **A yes or no and no key**: the answer comes about in our process. Windows has no call
/// that closes the window: a question that is closed leaves it on the screen until the person does, and what
/// they type then is thrown away.
final class WindowsPassword implements PlatformSignIn {
    static final int CANCELLED = 1223;

    static final int NO_SUCH_USER = 0xc0000064;
    static final int WRONG_PASSWORD = 0xc000006a;
    static final int LOGON_FAILURE = 0xc000006d;
    static final int PASSWORD_EXPIRED = 0xc0000071;
    static final int ACCOUNT_DISABLED = 0xc0000072;
    static final int ACCOUNT_EXPIRED = 0xc0000193;
    static final int PASSWORD_MUST_CHANGE = 0xc0000224;
    static final int ACCOUNT_LOCKED_OUT = 0xc0000234;

    private static final Logger LOG = LoggerFactory.getLogger(WindowsPassword.class);

    private final WindowsLogon logon;
    private final long window;
    /// Not null as long as the window is open.
    private @Nullable CompletableFuture<Verdict> asked;

    private boolean closed;

    /// @param window handle of the window that asks
    WindowsPassword(long window) {
        this(WindowsLogon.Libraries.ofWindows(), window);
    }

    WindowsPassword(WindowsLogon.Libraries libraries, long window) {
        this.logon = new WindowsLogon(libraries);
        this.window = window;
    }

    @Override
    public boolean isAvailable() {
        try {
            logon.require();
            return true;
        } catch (UnsatisfiedLinkError e) {
            LOG.debug("Windows cannot be asked for a password", e);
            return false;
        }
    }

    @Override
    public Verdict ask(String reason) {
        CompletableFuture<Verdict> answer = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                return Verdict.CANCELLED;
            }
            if (asked != null) {
                return Verdict.BUSY;
            }
            asked = answer;
        }
        // Not the thread that asks: the window may stay when nobody waits for it any more.
        Thread.ofPlatform().name("windows-password").daemon().start(() -> {
            Verdict verdict = verify(reason);
            ended();
            answer.complete(verdict);
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.CANCELLED;
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is only ever completed with a verdict", e);
        }
    }

    private Verdict verify(String reason) {
        try (WindowsLogon.Answer answer = logon.prompt(window, reason)) {
            if (isClosed() || answer.error() == CANCELLED) {
                return Verdict.CANCELLED;
            }
            if (answer.error() != 0) {
                LOG.info("Windows did not ask for a password: {}", answer.error());
                return Verdict.UNAVAILABLE;
            }
            WindowsLogon.Result result = logon.logOn(answer);
            return result.status() < 0
                    ? verdict(result.status())
                    : result.samePerson() ? Verdict.VERIFIED : Verdict.REFUSED;
        } catch (RuntimeException | Error e) {
            LOG.info("Windows could not be asked for a password", e);
            return Verdict.UNAVAILABLE;
        }
    }

    private static Verdict verdict(int status) {
        return switch (status) {
            case NO_SUCH_USER,
                    WRONG_PASSWORD,
                    LOGON_FAILURE,
                    PASSWORD_EXPIRED,
                    ACCOUNT_DISABLED,
                    ACCOUNT_EXPIRED,
                    PASSWORD_MUST_CHANGE,
                    ACCOUNT_LOCKED_OUT -> Verdict.REFUSED;
            default -> {
                // No domain controller, no right to sign in here, no password to ask for.
                LOG.info("Windows cannot tell: 0x{}", Integer.toHexString(status));
                yield Verdict.UNAVAILABLE;
            }
        };
    }

    private synchronized void ended() {
        asked = null;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (asked != null) {
            asked.complete(Verdict.CANCELLED);
        }
    }
}
