package strongroom.vault.seal.windows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.platform.NativeLibrary;

/// Key storage of Windows (ncrypt.dll), as much of it as sealing takes. Handles are numbers here. Nothing ever
/// shows a window: what Windows would have to ask the user for is refused. Safe for several threads.
final class Ncrypt {
    /// What encryption by OAEP is told: the hash, and a label that we have none of.
    static final StructLayout BCRYPT_OAEP_PADDING_INFO = MemoryLayout.structLayout(
                    ValueLayout.ADDRESS.withName("pszAlgId"),
                    ValueLayout.ADDRESS.withName("pbLabel"),
                    ValueLayout.JAVA_INT.withName("cbLabel"),
                    MemoryLayout.paddingLayout(4))
            .withName("BCRYPT_OAEP_PADDING_INFO");

    static final String PLATFORM_PROVIDER = "Microsoft Platform Crypto Provider";
    static final String RSA = "RSA";
    static final String SHA256 = "SHA256";
    static final String LENGTH = "Length";
    static final String KEY_USAGE = "Key Usage";
    static final String PLATFORM_TYPE = "PCP_PLATFORM_TYPE";
    static final String USAGE_AUTH = "PCP_USAGEAUTH";
    static final int ALLOW_DECRYPT = 1;
    static final int PAD_OAEP = 4;
    static final int SILENT = 0x40;
    static final int LONGEST = 4096;

    private static final MemoryLayout.PathElement ALGORITHM = MemoryLayout.PathElement.groupElement("pszAlgId");

    private final NativeLibrary library;

    Ncrypt(NativeLibrary library) {
        this.library = library;
    }

    /// @return a provider's handle, for {@link #free}
    long openStorageProvider(String name) throws NcryptRefusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
            call("NCryptOpenStorageProvider", handle, wide(arena, name), 0);
            return handle.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    /// @return the handle of a key that is not there before {@link #finalizeKey}
    long createPersistedKey(long provider, String algorithm, String name) throws NcryptRefusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
            call("NCryptCreatePersistedKey", provider, handle, wide(arena, algorithm), wide(arena, name), 0, 0);
            return handle.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    /// @return a key's handle, for {@link #free} or {@link #deleteKey}
    long openKey(long provider, String name) throws NcryptRefusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
            call("NCryptOpenKey", provider, handle, wide(arena, name), 0, SILENT);
            return handle.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    void setProperty(long object, String property, int value) throws NcryptRefusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = arena.allocateFrom(ValueLayout.JAVA_INT, value);
            call("NCryptSetProperty", object, wide(arena, property), input, Integer.BYTES, SILENT);
        }
    }

    /// @param value borrowed
    void setProperty(long object, String property, SecretBytes value) throws NcryptRefusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = copy(arena, value);
            try {
                call("NCryptSetProperty", object, wide(arena, property), input, value.size(), SILENT);
            } finally {
                input.fill((byte) 0);
            }
        }
    }

    /// Whether the object has the property at all is what the caller wants to know.
    void requireProperty(long object, String property) throws NcryptRefusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_INT);
            call("NCryptGetProperty", object, wide(arena, property), arena.allocate(LONGEST), LONGEST, size, SILENT);
        }
    }

    void finalizeKey(long key) throws NcryptRefusal {
        call("NCryptFinalizeKey", key, SILENT);
    }

    /// By OAEP with SHA-256. @param plaintext borrowed
    byte[] encrypt(long key, SecretBytes plaintext) throws NcryptRefusal {
        try (Arena arena = Arena.ofConfined()) {
            return crypt("NCryptEncrypt", key, copy(arena, plaintext), arena);
        }
    }

    /// By OAEP with SHA-256. @return closed by the caller
    SecretBytes decrypt(long key, byte[] ciphertext) throws NcryptRefusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = arena.allocateFrom(ValueLayout.JAVA_BYTE, ciphertext);
            return SecretBytes.ofAndZero(crypt("NCryptDecrypt", key, input, arena));
        }
    }

    /// Also frees the handle.
    void deleteKey(long key) throws NcryptRefusal {
        call("NCryptDeleteKey", key, SILENT);
    }

    /// What it says is of no use to anybody.
    void free(long object) {
        library.function("NCryptFreeObject").callInt(object);
    }

    private byte[] crypt(String function, long key, MemorySegment input, Arena arena) throws NcryptRefusal {
        MemorySegment output = arena.allocate(LONGEST);
        MemorySegment size = arena.allocate(ValueLayout.JAVA_INT);
        MemorySegment padding = arena.allocate(BCRYPT_OAEP_PADDING_INFO);
        padding.set(ValueLayout.ADDRESS, BCRYPT_OAEP_PADDING_INFO.byteOffset(ALGORITHM), wide(arena, SHA256));
        int length = Math.toIntExact(input.byteSize());
        try {
            call(function, key, input, length, padding, output, LONGEST, size, PAD_OAEP | SILENT);
            return output.asSlice(0, size.get(ValueLayout.JAVA_INT, 0)).toArray(ValueLayout.JAVA_BYTE);
        } finally {
            input.fill((byte) 0);
            output.fill((byte) 0);
        }
    }

    private void call(String function, Object... arguments) throws NcryptRefusal {
        int status = library.function(function).callInt(arguments);
        if (status != 0) {
            throw new NcryptRefusal(function, status);
        }
    }

    private static MemorySegment copy(Arena arena, SecretBytes secret) {
        return secret.<MemorySegment, RuntimeException>use(bytes -> arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes));
    }

    private static MemorySegment wide(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_16LE);
    }
}
