package strongroom.vault.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Keeps the memory of this process from other programs of the same user, and out of core files and reports of
/// crashes. What can be had is asked for; a system that refuses leaves the process as it is. Root reads everything
/// on every system.
public final class ProcessHardening {
    private static final int PR_SET_DUMPABLE = 4;
    private static final int RLIMIT_CORE = 4;
    private static final int PT_DENY_ATTACH = 31;
    private static final int WER_FAULT_REPORTING_FLAG_NOHEAP = 1;

    private ProcessHardening() {}

    /// Called once, before there is a secret.
    ///
    /// @return whether the system did all that was asked
    public static boolean apply() {
        try {
            return switch (OperatingSystem.current()) {
                case LINUX -> onLinux(new NativeLibrary("libc.so.6"));
                case MAC -> onMac(new NativeLibrary("/usr/lib/libSystem.B.dylib"));
                case WINDOWS -> onWindows(NativeLibrary.ofWindows("kernel32.dll"));
                case OTHER -> false;
            };
        } catch (LinkageError | RuntimeException e) {
            return false;
        }
    }

    /// prctl(2): no core file, and no ptrace or /proc/PID/mem but by root. The limit is for handlers that ignore it.
    private static boolean onLinux(NativeLibrary libc) {
        boolean noCore = noCore(libc);
        return libc.function("prctl").callInt(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L) == 0 && noCore;
    }

    /// ptrace(2) of macOS.
    private static boolean onMac(NativeLibrary libc) {
        boolean noCore = noCore(libc);
        return libc.function("ptrace").callInt(PT_DENY_ATTACH, 0, MemorySegment.NULL, 0) == 0 && noCore;
    }

    /// `werapi.h`: what a report of a crash takes along.
    private static boolean onWindows(NativeLibrary kernel) {
        return kernel.function("WerSetFlags").callInt(WER_FAULT_REPORTING_FLAG_NOHEAP) == 0;
    }

    /// setrlimit(2), with a limit of nothing for now and ever.
    private static boolean noCore(NativeLibrary libc) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nothing = arena.allocate(ValueLayout.JAVA_LONG, 2);
            return libc.function("setrlimit").callInt(RLIMIT_CORE, nothing) == 0;
        }
    }
}
