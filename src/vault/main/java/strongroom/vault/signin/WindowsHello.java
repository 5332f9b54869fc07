package strongroom.vault.signin;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.vault.platform.NativeLibrary;

/// Asks Windows Hello (UserConsentVerifier): face, fingerprint or the PIN of Windows, in a window of the
/// system. **A yes or no and no key**: the answer is a number that Windows writes into our process.
public final class WindowsHello implements PlatformSignIn {
    static final String TYPE = "Windows.Security.Credentials.UI.UserConsentVerifier";
    /// IUserConsentVerifierStatics
    static final UUID STATICS = UUID.fromString("af4f3f91-564c-4ddc-b8b5-973447627c65");
    /// IUserConsentVerifierInterop, for programs whose windows are not of the Windows Runtime.
    static final UUID INTEROP = UUID.fromString("39e050c3-4e74-441a-8dc0-b81104df949c");
    /// IAsyncOperation of a UserConsentVerificationResult
    static final UUID OPERATION = UUID.fromString("fd596ffd-2318-558f-9dbe-d21df43764a5");

    private static final Logger LOG = LoggerFactory.getLogger(WindowsHello.class);
    private static final int STARTED = 0;
    private static final int COMPLETED = 1;
    private static final int AVAILABLE = 0;
    private static final long LOOK_MILLISECONDS = 50;

    private final ReentrantLock turn = new ReentrantLock();
    private final WinRt runtime;
    private final long window;
    private volatile boolean closed;

    /// @param window handle of the window that asks
    WindowsHello(long window) {
        this(NativeLibrary.ofWindows("combase.dll"), window);
    }

    WindowsHello(NativeLibrary library, long window) {
        this.runtime = new WinRt(library);
        this.window = window;
    }

    @FunctionalInterface
    private interface Start {
        /// @param result where the operation goes
        void start(MemorySegment factory, MemorySegment result, Arena arena) throws WinRt.Refusal;
    }

    @Override
    public boolean isAvailable() {
        try {
            return onOwnThread(() -> {
                int answer = await(STATICS, (factory, result, _) -> runtime.call(factory, WinRt.FIRST, result));
                return answer == AVAILABLE;
            });
        } catch (ExecutionException e) {
            LOG.debug("Windows Hello is not there", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Verdict ask(String reason) {
        if (!turn.tryLock()) {
            return Verdict.BUSY;
        }
        try {
            return closed ? Verdict.CANCELLED : onOwnThread(() -> verify(reason));
        } catch (ExecutionException e) {
            LOG.info("Windows Hello could not be asked", e);
            return closed ? Verdict.CANCELLED : Verdict.UNAVAILABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.CANCELLED;
        } finally {
            turn.unlock();
        }
    }

    private Verdict verify(String reason) throws WinRt.Refusal, InterruptedException {
        MemorySegment text = runtime.string(reason);
        try {
            int answer = await(
                    INTEROP,
                    (factory, result, arena) ->
                            runtime.call(factory, WinRt.FIRST, window, text, WinRt.guid(arena, OPERATION), result));
            return verdict(answer);
        } finally {
            runtime.delete(text);
        }
    }

    /// By UserConsentVerificationResult.
    static Verdict verdict(int answer) {
        return switch (answer) {
            case 0 -> Verdict.VERIFIED;
            case 4 -> Verdict.BUSY; // the reader
            case 5 -> Verdict.REFUSED; // too many wrong ones
            case 6 -> Verdict.CANCELLED;
            default -> Verdict.UNAVAILABLE; // no device, nobody set up, forbidden by policy
        };
    }

    /// Starts an operation and waits for its number.
    private int await(UUID factoryType, Start start) throws WinRt.Refusal, InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment factory = runtime.factory(TYPE, factoryType);
            try {
                MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
                start.start(factory, result, arena);
                MemorySegment operation = result.get(ValueLayout.ADDRESS, 0);
                try {
                    finish(operation);
                    return runtime.number(operation, WinRt.GET_RESULTS);
                } finally {
                    runtime.release(operation);
                }
            } finally {
                runtime.release(factory);
            }
        }
    }

    /// Looks again and again: to be called when it is over takes an object of our own with a table of
    /// functions.
    private void finish(MemorySegment operation) throws WinRt.Refusal, InterruptedException {
        MemorySegment info = runtime.asyncInfo(operation);
        try {
            int status = STARTED;
            try {
                status = runtime.number(info, WinRt.GET_STATUS);
                while (status == STARTED && !closed) {
                    Thread.sleep(LOOK_MILLISECONDS);
                    status = runtime.number(info, WinRt.GET_STATUS);
                }
            } finally {
                if (status == STARTED) {
                    runtime.call(info, WinRt.CANCEL);
                }
            }
            if (status != COMPLETED) {
                throw new WinRt.Refusal("operation", status);
            }
        } finally {
            runtime.release(info);
        }
    }

    /// The runtime belongs to a thread of the system, and who asks may be a virtual one.
    private <T> T onOwnThread(Callable<T> work) throws ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(() -> {
            boolean began = runtime.begin();
            try {
                return work.call();
            } finally {
                if (began) {
                    runtime.end();
                }
            }
        });
        Thread thread = Thread.ofPlatform().name("windows-hello").daemon().start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
