package strongroom.vault.seal.mac;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import strongroom.vault.platform.NativeLibrary;

/// Core Foundation of macOS, as much of it as the Security framework's arguments take. Its objects are
/// counted: who makes one releases it. Safe for several threads.
final class CoreFoundation {
    private static final int UTF8 = 0x08000100;
    private static final long SINT32 = 3;
    private static final int LONGEST_NAME = 256;

    private final NativeLibrary library;

    CoreFoundation(NativeLibrary library) {
        this.library = library;
    }

    /// Gives an object back; nothing is done for none.
    void release(MemorySegment object) {
        if (object.address() != 0) {
            library.function("CFRelease").callVoid(object);
        }
    }

    /// @param bytes copied @return released by the caller
    MemorySegment data(MemorySegment bytes) {
        return made(library.function("CFDataCreate").callPointer(MemorySegment.NULL, bytes, bytes.byteSize()));
    }

    /// What a data object holds, to be read while it is not released; writing there is not foreseen.
    MemorySegment bytes(MemorySegment data) {
        long size = library.function("CFDataGetLength").callLong(data);
        return library.function("CFDataGetBytePtr").callPointer(data).reinterpret(size);
    }

    /// @return released by the caller
    MemorySegment string(String text) {
        try (Arena arena = Arena.ofConfined()) {
            return made(library.function("CFStringCreateWithCString")
                    .callPointer(MemorySegment.NULL, arena.allocateFrom(text), UTF8));
        }
    }

    /// @return released by the caller
    MemorySegment number(int value) {
        try (Arena arena = Arena.ofConfined()) {
            return made(library.function("CFNumberCreate")
                    .callPointer(MemorySegment.NULL, SINT32, arena.allocateFrom(ValueLayout.JAVA_INT, value)));
        }
    }

    /// Not to be released.
    MemorySegment no() {
        return constant(library, "kCFBooleanFalse");
    }

    /// @param entries retained by the dictionary @return released by the caller
    MemorySegment dictionary(Map<MemorySegment, MemorySegment> entries) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keys = arena.allocate(ValueLayout.ADDRESS, entries.size());
            MemorySegment values = arena.allocate(ValueLayout.ADDRESS, entries.size());
            long at = 0;
            for (Map.Entry<MemorySegment, MemorySegment> entry : entries.entrySet()) {
                keys.setAtIndex(ValueLayout.ADDRESS, at, entry.getKey());
                values.setAtIndex(ValueLayout.ADDRESS, at, entry.getValue());
                at++;
            }
            return made(library.function("CFDictionaryCreate")
                    .callPointer(
                            MemorySegment.NULL,
                            keys,
                            values,
                            at,
                            library.symbol("kCFTypeDictionaryKeyCallBacks"),
                            library.symbol("kCFTypeDictionaryValueCallBacks")));
        }
    }

    /// @return what stands under the key, NULL if nothing does; lives as long as the dictionary
    MemorySegment get(MemorySegment dictionary, MemorySegment key) {
        return library.function("CFDictionaryGetValue").callPointer(dictionary, key);
    }

    /// What an error says. @param error is released here; NULL if the function gave none
    SecurityRefusal refusal(String function, MemorySegment error) {
        if (error.address() == 0) {
            return new SecurityRefusal(function, "no error", 0);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment domain = library.function("CFErrorGetDomain").callPointer(error);
            MemorySegment name = arena.allocate(LONGEST_NAME);
            boolean read = library.function("CFStringGetCString").callFlag(domain, name, name.byteSize(), UTF8);
            long code = library.function("CFErrorGetCode").callLong(error);
            return new SecurityRefusal(function, read ? name.getString(0) : "unknown domain", code);
        } finally {
            release(error);
        }
    }

    /// An object that a library exports under a name. Not to be released.
    static MemorySegment constant(NativeLibrary library, String name) {
        return library.symbol(name).reinterpret(ValueLayout.ADDRESS.byteSize()).get(ValueLayout.ADDRESS, 0);
    }

    private static MemorySegment made(MemorySegment object) {
        if (object.address() == 0) {
            throw new IllegalStateException("Core Foundation made no object");
        }
        return object;
    }
}
