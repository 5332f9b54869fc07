package strongroom.vault.signin;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.vault.platform.NativeLibrary;

/// Asks macOS (LAContext of LocalAuthentication): Touch ID, a watch, or the password of the account, in a
/// window of the system. **A yes or no and no key**: the answer is a number that macOS hands to our process.
public final class TouchId implements PlatformSignIn {
    /// LAPolicyDeviceOwnerAuthentication: also by password, where there is no reader or it has had enough.
    static final long DEVICE_OWNER = 2;

    private static final Logger LOG = LoggerFactory.getLogger(TouchId.class);

    private final ReentrantLock turn = new ReentrantLock();
    private final NativeLibrary framework;
    private final ObjectiveC objc;
    private @Nullable MemorySegment context;
    private boolean closed;
    private volatile CompletableFuture<Verdict> answer = new CompletableFuture<>();

    TouchId() {
        this(
                NativeLibrary.ofMac("LocalAuthentication"),
                new ObjectiveC(
                        new NativeLibrary("/usr/lib/libobjc.A.dylib"),
                        new NativeLibrary("/usr/lib/libSystem.B.dylib")));
    }

    TouchId(NativeLibrary framework, ObjectiveC objc) {
        this.framework = framework;
        this.objc = objc;
    }

    @Override
    public boolean isAvailable() {
        try {
            MemorySegment asking = newContext();
            try {
                return objc.send()
                        .callFlag(asking, objc.selector("canEvaluatePolicy:error:"), DEVICE_OWNER, MemorySegment.NULL);
            } finally {
                objc.release(asking);
            }
        } catch (UnsatisfiedLinkError e) {
            LOG.debug("there is no LocalAuthentication", e);
            return false;
        }
    }

    @Override
    public Verdict ask(String reason) {
        if (!turn.tryLock()) {
            return Verdict.BUSY;
        }
        try {
            MemorySegment asking = begin();
            if (asking == null) {
                return Verdict.CANCELLED;
            }
            MemorySegment text = objc.string(reason);
            try {
                objc.send()
                        .callVoid(
                                asking,
                                objc.selector("evaluatePolicy:localizedReason:reply:"),
                                DEVICE_OWNER,
                                text,
                                block());
                return answer.get();
            } finally {
                end();
                objc.release(text);
            }
        } catch (UnsatisfiedLinkError | ExecutionException e) {
            LOG.info("macOS could not be asked", e);
            return Verdict.UNAVAILABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.CANCELLED;
        } finally {
            turn.unlock();
        }
    }

    private MemorySegment newContext() {
        // Opens it, so that its classes are known.
        framework.symbol("LAErrorDomain");
        return objc.create("LAContext");
    }

    private synchronized @Nullable MemorySegment begin() {
        if (closed) {
            return null;
        }
        answer = new CompletableFuture<>();
        context = newContext();
        return context;
    }

    /// Also takes the question from the screen, if it is still there.
    private synchronized void end() {
        if (context != null) {
            objc.send().callVoid(context, objc.selector("invalidate"));
            objc.release(context);
            context = null;
        }
    }

    /// The reply comes on a thread of the system, which is still in the code when the answer is already taken:
    /// it lives as long as the process does.
    private MemorySegment block() {
        try {
            return objc.block(
                    MethodHandles.lookup()
                            .bind(
                                    this,
                                    "reply",
                                    MethodType.methodType(
                                            void.class, MemorySegment.class, byte.class, MemorySegment.class)),
                    FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_BYTE, ValueLayout.ADDRESS),
                    Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this class has that method", e);
        }
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // called from C, with the block first
    private void reply(MemorySegment block, byte success, MemorySegment error) {
        try {
            long code = error.address() == 0 ? 0 : objc.send().callLong(error, objc.selector("code"));
            answer.complete(success != 0 ? Verdict.VERIFIED : verdict(code));
        } catch (RuntimeException | Error e) {
            // An exception that leaves a call from C ends the process without a word.
            answer.complete(Verdict.UNAVAILABLE);
        }
    }

    /// By the names in LAError.h.
    static Verdict verdict(long code) {
        return switch ((int) code) {
            case -1, // LAErrorAuthenticationFailed
                    -8 -> // LAErrorBiometryLockout
                Verdict.REFUSED;
            case -2, // LAErrorUserCancel
                    -3, // LAErrorUserFallback
                    -4, // LAErrorSystemCancel
                    -9, // LAErrorAppCancel
                    -10 -> // LAErrorInvalidContext
                Verdict.CANCELLED;
            default -> Verdict.UNAVAILABLE; // nothing set up, no window to be shown
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (context != null) {
            objc.send().callVoid(context, objc.selector("invalidate"));
        }
    }
}
