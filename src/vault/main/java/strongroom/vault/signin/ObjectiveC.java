package strongroom.vault.signin;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import strongroom.vault.platform.NativeFunction;
import strongroom.vault.platform.NativeLibrary;

/// The Objective-C runtime of macOS. A message is a call of one function with the signature of the method,
/// which is why each is written with exactly the types that the method has. Objects are counted: who makes one
/// releases it.
final class ObjectiveC {
    /// A block: a function with what it knows. By the Block Implementation Specification of Clang.
    static final StructLayout BLOCK = MemoryLayout.structLayout(
                    ValueLayout.ADDRESS.withName("isa"),
                    ValueLayout.JAVA_INT.withName("flags"),
                    ValueLayout.JAVA_INT.withName("reserved"),
                    ValueLayout.ADDRESS.withName("invoke"),
                    ValueLayout.ADDRESS.withName("descriptor"))
            .withName("struct Block_layout");
    static final StructLayout DESCRIPTOR = MemoryLayout.structLayout(
                    ValueLayout.JAVA_LONG.withName("reserved"), ValueLayout.JAVA_LONG.withName("size"))
            .withName("struct Block_descriptor");

    static final int IS_GLOBAL = 1 << 28;

    private final NativeLibrary runtime;
    private final NativeLibrary system;

    /// @param runtime libobjc @param system libSystem, where blocks have their class
    ObjectiveC(NativeLibrary runtime, NativeLibrary system) {
        this.runtime = runtime;
        this.system = system;
    }

    /// A class by its name. @throws UnsatisfiedLinkError if no open library has it
    MemorySegment type(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment type = runtime.function("objc_getClass").callPointer(arena.allocateFrom(name));
            if (type.address() == 0) {
                throw new UnsatisfiedLinkError("there is no class " + name);
            }
            return type;
        }
    }

    MemorySegment selector(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return runtime.function("sel_registerName").callPointer(arena.allocateFrom(name));
        }
    }

    /// The function of all messages; receiver and selector come first.
    NativeFunction send() {
        return runtime.function("objc_msgSend");
    }

    /// A new object by `alloc` and `init`. @return released by the caller
    MemorySegment create(String type) {
        MemorySegment room = send().callPointer(type(type), selector("alloc"));
        return send().callPointer(room, selector("init"));
    }

    /// @return released by the caller
    MemorySegment string(String text) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = send().callPointer(type("NSString"), selector("alloc"));
            return send().callPointer(room, selector("initWithUTF8String:"), arena.allocateFrom(text));
        }
    }

    void release(MemorySegment object) {
        send().callVoid(object, selector("release"));
    }

    /// A block that runs a function of ours, whose first argument is the block. It knows nothing by itself, so
    /// it is a global one, which nobody copies.
    ///
    /// @param arena lives until nobody can call it any more
    MemorySegment block(MethodHandle function, FunctionDescriptor signature, Arena arena) {
        MemorySegment descriptor = arena.allocate(DESCRIPTOR);
        descriptor.set(ValueLayout.JAVA_LONG, offset(DESCRIPTOR, "size"), BLOCK.byteSize());
        MemorySegment block = arena.allocate(BLOCK);
        block.set(ValueLayout.ADDRESS, offset(BLOCK, "isa"), system.symbol("_NSConcreteGlobalBlock"));
        block.set(ValueLayout.JAVA_INT, offset(BLOCK, "flags"), IS_GLOBAL);
        block.set(
                ValueLayout.ADDRESS,
                offset(BLOCK, "invoke"),
                Linker.nativeLinker().upcallStub(function, signature, arena));
        block.set(ValueLayout.ADDRESS, offset(BLOCK, "descriptor"), descriptor);
        return block;
    }

    private static long offset(StructLayout layout, String member) {
        return layout.byteOffset(MemoryLayout.PathElement.groupElement(member));
    }
}
