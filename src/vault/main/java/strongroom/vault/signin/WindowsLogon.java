package strongroom.vault.signin;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import strongroom.vault.platform.NativeLibrary;

/// The window in which Windows asks for a password (wincred.h), and the local security authority, which looks
/// whether it is right (ntsecapi.h). What the person typed stays in the one buffer that Windows made, is not
/// read here, and is overwritten before it is given back. For one thread.
final class WindowsLogon {
    static final StructLayout CREDUI_INFO = MemoryLayout.structLayout(
                    ValueLayout.JAVA_INT.withName("cbSize"),
                    MemoryLayout.paddingLayout(4),
                    ValueLayout.JAVA_LONG.withName("hwndParent"),
                    ValueLayout.ADDRESS.withName("pszMessageText"),
                    ValueLayout.ADDRESS.withName("pszCaptionText"),
                    ValueLayout.ADDRESS.withName("hbmBanner"))
            .withName("CREDUI_INFOW");
    static final StructLayout LSA_STRING = MemoryLayout.structLayout(
                    ValueLayout.JAVA_SHORT.withName("Length"),
                    ValueLayout.JAVA_SHORT.withName("MaximumLength"),
                    MemoryLayout.paddingLayout(4),
                    ValueLayout.ADDRESS.withName("Buffer"))
            .withName("LSA_STRING");
    static final StructLayout TOKEN_SOURCE = MemoryLayout.structLayout(
                    MemoryLayout.sequenceLayout(8, ValueLayout.JAVA_BYTE).withName("SourceName"),
                    MemoryLayout.sequenceLayout(2, ValueLayout.JAVA_INT).withName("SourceIdentifier"))
            .withName("TOKEN_SOURCE");
    static final StructLayout SID_AND_ATTRIBUTES = MemoryLayout.structLayout(
                    ValueLayout.ADDRESS.withName("Sid"),
                    ValueLayout.JAVA_INT.withName("Attributes"),
                    MemoryLayout.paddingLayout(4))
            .withName("SID_AND_ATTRIBUTES");

    static final int LUID_SIZE = 8;
    static final int QUOTA_LIMITS_SIZE = 48;
    static final int LONGEST_SID = 68;
    static final int OF_CURRENT_USER = 0x200;
    static final int INTERACTIVE = 2;
    static final int TOKEN_QUERY = 8;
    static final int TOKEN_USER = 1;

    private static final long THIS_PROCESS = -1;
    private static final String NAME = "Strongroom";

    private final Libraries libraries;

    WindowsLogon(Libraries libraries) {
        this.libraries = libraries;
    }

    /// Where the functions are.
    record Libraries(
            NativeLibrary credui,
            NativeLibrary ole32,
            NativeLibrary secur32,
            NativeLibrary advapi32,
            NativeLibrary kernel32) {
        static Libraries ofWindows() {
            return new Libraries(
                    NativeLibrary.ofWindows("credui.dll"),
                    NativeLibrary.ofWindows("ole32.dll"),
                    NativeLibrary.ofWindows("secur32.dll"),
                    NativeLibrary.ofWindows("advapi32.dll"),
                    NativeLibrary.ofWindows("kernel32.dll"));
        }
    }

    /// What the window brought: an error of Windows, or else what the person gave to it, which is a password or
    /// as good.
    final class Answer implements AutoCloseable {
        private final int error;
        private final int authenticationPackage;
        private final MemorySegment given;

        private Answer(int error, int authenticationPackage, MemorySegment given) {
            this.error = error;
            this.authenticationPackage = authenticationPackage;
            this.given = given;
        }

        /// 0 if something was given.
        int error() {
            return error;
        }

        @Override
        public void close() {
            if (given.address() != 0) {
                given.fill((byte) 0);
                libraries.ole32.function("CoTaskMemFree").callVoid(given);
            }
        }
    }

    /// Whether this system has the functions. @throws UnsatisfiedLinkError if it has not
    void require() {
        libraries.credui.symbol("CredUIPromptForWindowsCredentialsW");
        libraries.secur32.symbol("LsaLogonUser");
    }

    /// Shows the window for the account that is signed in, and waits for the person.
    Answer prompt(long window, String message) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(CREDUI_INFO);
            info.set(ValueLayout.JAVA_INT, offset(CREDUI_INFO, "cbSize"), (int) CREDUI_INFO.byteSize());
            info.set(ValueLayout.JAVA_LONG, offset(CREDUI_INFO, "hwndParent"), window);
            info.set(ValueLayout.ADDRESS, offset(CREDUI_INFO, "pszMessageText"), wide(arena, message));
            info.set(ValueLayout.ADDRESS, offset(CREDUI_INFO, "pszCaptionText"), wide(arena, NAME));
            MemorySegment authenticationPackage = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment given = arena.allocate(ValueLayout.ADDRESS);
            MemorySegment size = arena.allocate(ValueLayout.JAVA_INT);
            int error = libraries
                    .credui
                    .function("CredUIPromptForWindowsCredentialsW")
                    .callInt(
                            info,
                            0,
                            authenticationPackage,
                            MemorySegment.NULL,
                            0,
                            given,
                            size,
                            MemorySegment.NULL,
                            OF_CURRENT_USER);
            return new Answer(
                    error,
                    authenticationPackage.get(ValueLayout.JAVA_INT, 0),
                    given.get(ValueLayout.ADDRESS, 0)
                            .reinterpret(Integer.toUnsignedLong(size.get(ValueLayout.JAVA_INT, 0))));
        }
    }

    /// What came of a logon.
    ///
    /// @param status an NTSTATUS, less than 0 if it was refused @param samePerson whether it is who runs this
    /// process
    record Result(int status, boolean samePerson) {}

    /// Signs in with what was given, looks who that is, and forgets the logon.
    Result logOn(Answer answer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment authority = arena.allocate(ValueLayout.JAVA_LONG);
            int status = libraries.secur32.function("LsaConnectUntrusted").callInt(authority);
            if (status < 0) {
                return new Result(status, false);
            }
            long handle = authority.get(ValueLayout.JAVA_LONG, 0);
            try {
                return logOn(arena, handle, answer);
            } finally {
                libraries.secur32.function("LsaDeregisterLogonProcess").callInt(handle);
            }
        }
    }

    private Result logOn(Arena arena, long authority, Answer answer) {
        MemorySegment profile = arena.allocate(ValueLayout.ADDRESS);
        MemorySegment token = arena.allocate(ValueLayout.JAVA_LONG);
        int status = libraries
                .secur32
                .function("LsaLogonUser")
                .callInt(
                        authority,
                        origin(arena),
                        INTERACTIVE,
                        answer.authenticationPackage,
                        answer.given,
                        (int) answer.given.byteSize(),
                        MemorySegment.NULL,
                        source(arena),
                        profile,
                        arena.allocate(ValueLayout.JAVA_INT),
                        arena.allocate(LUID_SIZE, Integer.BYTES),
                        token,
                        arena.allocate(QUOTA_LIMITS_SIZE, Long.BYTES),
                        arena.allocate(ValueLayout.JAVA_INT));
        // It may be there after a refusal as well, and says why.
        MemorySegment room = profile.get(ValueLayout.ADDRESS, 0);
        if (room.address() != 0) {
            libraries.secur32.function("LsaFreeReturnBuffer").callInt(room);
        }
        if (status < 0) {
            return new Result(status, false);
        }
        long signedIn = token.get(ValueLayout.JAVA_LONG, 0);
        try {
            return new Result(status, isMine(arena, signedIn));
        } finally {
            close(signedIn);
        }
    }

    private boolean isMine(Arena arena, long token) {
        MemorySegment mine = arena.allocate(ValueLayout.JAVA_LONG);
        if (libraries.advapi32.function("OpenProcessToken").callInt(THIS_PROCESS, TOKEN_QUERY, mine) == 0) {
            return false;
        }
        long process = mine.get(ValueLayout.JAVA_LONG, 0);
        try {
            MemorySegment me = user(arena, process);
            MemorySegment them = user(arena, token);
            return me.address() != 0
                    && them.address() != 0
                    && libraries.advapi32.function("EqualSid").callInt(me, them) != 0;
        } finally {
            close(process);
        }
    }

    /// @return the number of the person in Windows (SID); a null pointer if it is not told
    private MemorySegment user(Arena arena, long token) {
        long size = SID_AND_ATTRIBUTES.byteSize() + LONGEST_SID;
        MemorySegment user = arena.allocate(size, Long.BYTES);
        int told = libraries
                .advapi32
                .function("GetTokenInformation")
                .callInt(token, TOKEN_USER, user, (int) size, arena.allocate(ValueLayout.JAVA_INT));
        return told == 0 ? MemorySegment.NULL : user.get(ValueLayout.ADDRESS, offset(SID_AND_ATTRIBUTES, "Sid"));
    }

    private void close(long handle) {
        libraries.kernel32.function("CloseHandle").callInt(handle);
    }

    /// For the log of Windows.
    private static MemorySegment origin(Arena arena) {
        MemorySegment origin = arena.allocate(LSA_STRING);
        origin.set(ValueLayout.JAVA_SHORT, offset(LSA_STRING, "Length"), (short) NAME.length());
        origin.set(ValueLayout.JAVA_SHORT, offset(LSA_STRING, "MaximumLength"), (short) (NAME.length() + 1));
        origin.set(
                ValueLayout.ADDRESS, offset(LSA_STRING, "Buffer"), arena.allocateFrom(NAME, StandardCharsets.US_ASCII));
        return origin;
    }

    private MemorySegment source(Arena arena) {
        MemorySegment source = arena.allocate(TOKEN_SOURCE);
        byte[] name = NAME.substring(0, 8).getBytes(StandardCharsets.US_ASCII);
        MemorySegment.copy(name, 0, source, ValueLayout.JAVA_BYTE, 0, name.length);
        libraries
                .advapi32
                .function("AllocateLocallyUniqueId")
                .callInt(source.asSlice(offset(TOKEN_SOURCE, "SourceIdentifier"), LUID_SIZE));
        return source;
    }

    private static MemorySegment wide(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_16LE);
    }

    private static long offset(StructLayout layout, String member) {
        return layout.byteOffset(PathElement.groupElement(member));
    }
}
