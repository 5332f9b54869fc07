package strongroom.vault.platform;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A C function. Arguments say by their types in Java what they are in C: `Integer` 32 bits, `Long` 64 bits,
/// `MemorySegment` a pointer; a function with a variable list of arguments cannot be called. For calls that
/// are rare: each looks its signature up. Safe for several threads, as far as the function is.
///
/// @param name for whoever reads a failure @param address of the code
public record NativeFunction(String name, MemorySegment address) {
    /// Calls it for an `int`, or whatever has 32 bits.
    public int callInt(Object... arguments) {
        return (int) call(ValueLayout.JAVA_INT, arguments);
    }

    /// Calls it for whatever has 64 bits and is no pointer.
    public long callLong(Object... arguments) {
        return (long) call(ValueLayout.JAVA_LONG, arguments);
    }

    /// Calls it for a truth value of 8 bits.
    public boolean callFlag(Object... arguments) {
        return (byte) call(ValueLayout.JAVA_BYTE, arguments) != 0;
    }

    /// Calls it for a pointer, whose length is not known.
    public MemorySegment callPointer(Object... arguments) {
        return (MemorySegment) call(ValueLayout.ADDRESS, arguments);
    }

    /// Calls it for nothing.
    public void callVoid(Object... arguments) {
        invoke(FunctionDescriptor.ofVoid(layouts(arguments)), arguments);
    }

    private Object call(MemoryLayout result, Object... arguments) {
        Object value = invoke(FunctionDescriptor.of(result, layouts(arguments)), arguments);
        if (value == null) {
            throw new IllegalStateException(name + " gave nothing back");
        }
        return value;
    }

    private @Nullable Object invoke(FunctionDescriptor signature, Object... arguments) {
        try {
            return Linker.nativeLinker().downcallHandle(address, signature).invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            // Declared by the call; C throws nothing.
            throw new IllegalStateException(name + " could not be called", e);
        }
    }

    private static MemoryLayout[] layouts(Object... arguments) {
        return Arrays.stream(arguments).map(NativeFunction::layout).toArray(MemoryLayout[]::new);
    }

    private static MemoryLayout layout(Object argument) {
        return switch (argument) {
            case Integer _ -> ValueLayout.JAVA_INT;
            case Long _ -> ValueLayout.JAVA_LONG;
            case MemorySegment _ -> ValueLayout.ADDRESS;
            default -> throw new IllegalArgumentException("C has no " + argument.getClass());
        };
    }
}
