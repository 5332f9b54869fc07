package strongroom.vault.signin;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import strongroom.vault.platform.NativeFunction;
import strongroom.vault.platform.NativeLibrary;

/// The Windows Runtime (combase.dll), as much of it as one question takes: an object is a pointer to a table of
/// functions, each called with the object first, each giving an HRESULT. To be used between {@link #begin} and
/// {@link #end} on one thread of the system.
final class WinRt {
    /// Places in the tables: three functions of IUnknown, three of IInspectable, then the interface's own.
    static final int QUERY_INTERFACE = 0;

    static final int RELEASE = 2;
    static final int FIRST = 6;
    /// In IAsyncInfo.
    static final int GET_STATUS = 7;
    /// In IAsyncInfo.
    static final int CANCEL = 9;
    /// In each IAsyncOperation, behind the two of its handler.
    static final int GET_RESULTS = 8;

    static final int MULTITHREADED = 1;
    static final int GUID_SIZE = 16;

    private static final UUID ASYNC_INFO = UUID.fromString("00000036-0000-0000-c000-000000000046");
    private static final int CHANGED_MODE = 0x80010106;

    private final NativeLibrary library;

    WinRt(NativeLibrary library) {
        this.library = library;
    }

    /// A call was refused; the message has the HRESULT.
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String function, int result) {
            super(function + ": 0x" + HexFormat.of().toHexDigits(result));
        }
    }

    /// @return whether {@link #end} is to be called, too
    boolean begin() throws Refusal {
        int result = library.function("RoInitialize").callInt(MULTITHREADED);
        if (result == CHANGED_MODE) {
            return false;
        }
        check("RoInitialize", result);
        return true;
    }

    void end() {
        library.function("RoUninitialize").callVoid();
    }

    /// The object that stands for a class. @return released by the caller
    MemorySegment factory(String type, UUID as) throws Refusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = string(type);
            try {
                MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
                check(
                        "RoGetActivationFactory",
                        library.function("RoGetActivationFactory").callInt(name, guid(arena, as), result));
                return result.get(ValueLayout.ADDRESS, 0);
            } finally {
                delete(name);
            }
        }
    }

    /// @return for {@link #delete}
    MemorySegment string(String text) throws Refusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
            check(
                    "WindowsCreateString",
                    library.function("WindowsCreateString")
                            .callInt(arena.allocateFrom(text, StandardCharsets.UTF_16LE), text.length(), result));
            return result.get(ValueLayout.ADDRESS, 0);
        }
    }

    void delete(MemorySegment string) {
        library.function("WindowsDeleteString").callInt(string);
    }

    /// The state of an operation and the way to end it. @return released by the caller
    MemorySegment asyncInfo(MemorySegment operation) throws Refusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
            call(operation, QUERY_INTERFACE, guid(arena, ASYNC_INFO), result);
            return result.get(ValueLayout.ADDRESS, 0);
        }
    }

    /// Reads a number of 32 bits by a function that has no other arguments.
    int number(MemorySegment object, int slot) throws Refusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.JAVA_INT);
            call(object, slot, result);
            return result.get(ValueLayout.JAVA_INT, 0);
        }
    }

    void call(MemorySegment object, int slot, Object... arguments) throws Refusal {
        check("function " + slot, function(object, slot).callInt(before(object, arguments)));
    }

    void release(MemorySegment object) {
        function(object, RELEASE).callInt(object);
    }

    static MemorySegment guid(Arena arena, UUID id) {
        byte[] bytes = new byte[GUID_SIZE];
        long first = id.getMostSignificantBits();
        // Three numbers in the processor's order, then eight bytes as they are written.
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (first >>> 32))
                .putShort((short) (first >>> 16))
                .putShort((short) first)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(id.getLeastSignificantBits());
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    }

    private static NativeFunction function(MemorySegment object, int slot) {
        long pointer = ValueLayout.ADDRESS.byteSize();
        MemorySegment table = object.reinterpret(pointer).get(ValueLayout.ADDRESS, 0);
        return new NativeFunction(
                "function " + slot, table.reinterpret((slot + 1) * pointer).getAtIndex(ValueLayout.ADDRESS, slot));
    }

    private static Object[] before(MemorySegment object, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = object;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    private static void check(String function, int result) throws Refusal {
        // Positive ones are successes with a remark.
        if (result < 0) {
            throw new Refusal(function, result);
        }
    }
}
