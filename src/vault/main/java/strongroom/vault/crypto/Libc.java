package strongroom.vault.crypto;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The C library of Linux, of which we want pages that are never swapped out and never in a core dump. Not
/// memfd_secret, which hides pages from root, too: while one exists the machine cannot hibernate, and the agent
/// always runs.
final class Libc {
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final int DONTDUMP = 16;

    private static final MemoryLayout[] MMAP = {
        ValueLayout.ADDRESS,
        ValueLayout.JAVA_LONG,
        ValueLayout.JAVA_INT,
        ValueLayout.JAVA_INT,
        ValueLayout.JAVA_INT,
        ValueLayout.JAVA_LONG
    };

    private Libc() {}

    /// @return pages full of zeros, or null where that is not to be had: another system, or a limit
    static @Nullable MemorySegment lockedPages(long size) {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")) {
            return null;
        }
        try {
            MemorySegment pages = (MemorySegment) function("mmap", ValueLayout.ADDRESS, MMAP)
                    .invokeExact(MemorySegment.NULL, size, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
            if (pages.address() == -1) {
                return null;
            }
            int locked = (int) function("mlock", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG)
                    .invokeExact(pages, size);
            int hidden = (int) function(
                            "madvise",
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT)
                    .invokeExact(pages, size, DONTDUMP);
            return locked == 0 && hidden == 0 ? pages.reinterpret(size) : null;
        } catch (Throwable e) {
            // invokeExact declares it. Whatever it is (no such symbol, native access denied): secrets are then
            // in ordinary memory off the heap, which is less and not wrong.
            return null;
        }
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }
}
