package strongroom.vault.signin;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.platform.NativeFunction;
import strongroom.vault.platform.NativeLibrary;

/// Linux-PAM (pam(3), pam_conv(3)). Its modules are loaded into the process that asks, so that should have
/// nothing else to do: {@link PamMain}. For one thread.
final class Pam {
    static final StructLayout MESSAGE = MemoryLayout.structLayout(
                    ValueLayout.JAVA_INT.withName("msg_style"),
                    MemoryLayout.paddingLayout(4),
                    ValueLayout.ADDRESS.withName("msg"))
            .withName("struct pam_message");
    static final StructLayout RESPONSE = MemoryLayout.structLayout(
                    ValueLayout.ADDRESS.withName("resp"),
                    ValueLayout.JAVA_INT.withName("resp_retcode"),
                    MemoryLayout.paddingLayout(4))
            .withName("struct pam_response");
    static final StructLayout CONVERSATION = MemoryLayout.structLayout(
                    ValueLayout.ADDRESS.withName("conv"), ValueLayout.ADDRESS.withName("appdata_ptr"))
            .withName("struct pam_conv");

    static final int SUCCESS = 0;
    static final int AUTH_ERR = 7;
    static final int AUTHINFO_UNAVAIL = 9;
    static final int CONV_ERR = 19;
    static final int PROMPT_ECHO_OFF = 1;
    static final int PROMPT_ECHO_ON = 2;
    static final int MOST_MESSAGES = 32;
    static final int SILENT = 0x8000;
    static final int DISALLOW_NULL_AUTHTOK = 1;

    private final NativeLibrary library = new NativeLibrary("libpam.so.0");
    private final NativeLibrary libc = new NativeLibrary("libc.so.6");
    private final Supplier<@Nullable SecretBytes> password;

    /// @param password what the person says to a question with hidden answer, closed here; null if nothing
    Pam(Supplier<@Nullable SecretBytes> password) {
        this.password = password;
    }

    /// Asks whether the person is this user, and whether that account may be used.
    ///
    /// @param service name of the file in /etc/pam.d
    /// @return what PAM returned
    int authenticate(String service, String user) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment conversation = arena.allocate(CONVERSATION);
            conversation.set(ValueLayout.ADDRESS, 0, upcall(arena));
            MemorySegment handle = arena.allocate(ValueLayout.ADDRESS);
            int status = library.function("pam_start")
                    .callInt(arena.allocateFrom(service), arena.allocateFrom(user), conversation, handle);
            if (status != SUCCESS) {
                return status;
            }
            MemorySegment pam = handle.get(ValueLayout.ADDRESS, 0);
            status = library.function("pam_authenticate").callInt(pam, SILENT | DISALLOW_NULL_AUTHTOK);
            if (status == SUCCESS) {
                status = library.function("pam_acct_mgmt").callInt(pam, SILENT | DISALLOW_NULL_AUTHTOK);
            }
            library.function("pam_end").callInt(pam, status);
            return status;
        }
    }

    private MemorySegment upcall(Arena arena) {
        try {
            MethodHandle converse = MethodHandles.lookup()
                    .bind(
                            this,
                            "converse",
                            MethodType.methodType(
                                    int.class,
                                    int.class,
                                    MemorySegment.class,
                                    MemorySegment.class,
                                    MemorySegment.class));
            FunctionDescriptor signature = FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS);
            return Linker.nativeLinker().upcallStub(converse, signature, arena);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this class has that method", e);
        }
    }

    /// Called by PAM, on the thread that asked. What it puts in `responses` is PAM's to free.
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // called from C, with what PAM passes
    private int converse(int count, MemorySegment messages, MemorySegment responses, MemorySegment ours) {
        try {
            return answer(count, messages, responses);
        } catch (RuntimeException | Error e) {
            // An exception that leaves a call from C ends the process without a word.
            return CONV_ERR;
        }
    }

    private int answer(int count, MemorySegment messages, MemorySegment responses) {
        if (count < 1 || count > MOST_MESSAGES) {
            return CONV_ERR;
        }
        NativeFunction calloc = libc.function("calloc");
        MemorySegment all =
                calloc.callPointer((long) count, RESPONSE.byteSize()).reinterpret(count * RESPONSE.byteSize());
        MemorySegment pointers = messages.reinterpret(count * ValueLayout.ADDRESS.byteSize());
        for (int i = 0; i < count; i++) {
            int style = pointers.getAtIndex(ValueLayout.ADDRESS, i)
                    .reinterpret(MESSAGE.byteSize())
                    .get(ValueLayout.JAVA_INT, 0);
            // A question with visible answer is for a name, and that is known. The others are announcements.
            boolean answered = style == PROMPT_ECHO_OFF ? answer(calloc, all, i) : style != PROMPT_ECHO_ON;
            if (!answered) {
                forget(all, i);
                return CONV_ERR;
            }
        }
        responses.reinterpret(ValueLayout.ADDRESS.byteSize()).set(ValueLayout.ADDRESS, 0, all);
        return SUCCESS;
    }

    private boolean answer(NativeFunction calloc, MemorySegment all, int at) {
        try (SecretBytes said = password.get()) {
            if (said == null) {
                return false;
            }
            MemorySegment copy = calloc.callPointer(said.size() + 1L, 1L).reinterpret(said.size() + 1L);
            said.<MemorySegment, RuntimeException>use(bytes -> copy.copyFrom(MemorySegment.ofArray(bytes)));
            all.set(ValueLayout.ADDRESS, at * RESPONSE.byteSize(), copy);
            return true;
        }
    }

    /// The answers so far, which PAM will not get.
    private void forget(MemorySegment all, int count) {
        NativeFunction free = libc.function("free");
        for (int i = 0; i < count; i++) {
            MemorySegment said = all.get(ValueLayout.ADDRESS, i * RESPONSE.byteSize());
            if (said.address() != 0) {
                long length = libc.function("strlen").callLong(said);
                said.reinterpret(length).fill((byte) 0);
                free.callVoid(said);
            }
        }
        free.callVoid(all);
    }
}
