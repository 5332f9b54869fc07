package strongroom.vault.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// The C headers of a system, and this machine's compiler to ask what they say. Those of Windows are
/// mingw-w64's, read the way Cygwin reads them: `long` has 64 bits there, and nothing in the headers depends
/// on it.
public final class Headers {
    private static final Path COMPILER = Path.of("/usr/bin/gcc");
    private static final Path MINGW = Path.of("/usr/share/mingw-w64/include");

    private final List<String> options;
    private final String includes;

    private Headers(List<String> options, String... headers) {
        this.options = options;
        StringBuilder lines = new StringBuilder("#include <stddef.h>\n");
        for (String header : headers) {
            lines.append("#include <").append(header).append(">\n");
        }
        this.includes = lines.toString();
    }

    /// Of this machine's Linux.
    public static Headers ofLinux(String... headers) {
        Assumptions.assumeTrue(Files.isExecutable(COMPILER), "gcc is not installed");
        for (String header : headers) {
            Assumptions.assumeTrue(Files.exists(Path.of("/usr/include", header)), header + " is not installed");
        }
        return new Headers(List.of(), headers);
    }

    /// Of Windows, for x86-64.
    public static Headers ofWindows(String... headers) {
        Assumptions.assumeTrue(Files.isExecutable(COMPILER), "gcc is not installed");
        Assumptions.assumeTrue(Files.exists(MINGW.resolve("windows.h")), "mingw-w64-common is not installed");
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "gcc compiles for another processor");
        List<String> options = new ArrayList<>(List.of("-nostdinc", "-isystem", MINGW.toString(), "-isystem"));
        options.add(
                run(List.of(COMPILER.toString(), "-print-file-name=include")).strip());
        options.addAll(List.of(
                "-fshort-wchar",
                "-mms-bitfields",
                "-DWIN32_LEAN_AND_MEAN",
                "-D_WIN32",
                "-D_WIN64",
                "-D__declspec(x)=",
                "-D__stdcall=",
                "-D__cdecl=",
                "-D__fastcall="));
        return new Headers(options, headers);
    }

    /// Fails unless C has structures of these names with these members at these places.
    public void assertHave(StructLayout... layouts) throws IOException {
        StringBuilder claims = new StringBuilder();
        for (StructLayout layout : layouts) {
            String type = layout.name().orElseThrow();
            claim(claims, "sizeof(" + type + ") == " + layout.byteSize());
            for (MemoryLayout member : layout.memberLayouts()) {
                member.name().ifPresent(name -> {
                    long offset = layout.byteOffset(PathElement.groupElement(name));
                    claim(claims, "offsetof(" + type + ", " + name + ") == " + offset);
                    claim(claims, "sizeof(((" + type + " *)0)->" + name + ") == " + member.byteSize());
                });
            }
        }
        assertCompiles(claims.toString());
    }

    /// Fails unless C has constants of these names with these values, compared in 32 bits.
    public void assertHave(Map<String, Integer> constants) throws IOException {
        StringBuilder claims = new StringBuilder();
        constants.forEach((name, value) -> claim(claims, "(int)(" + name + ") == " + value));
        assertCompiles(claims.toString());
    }

    /// Makes a library out of a C file that is a resource beside a class.
    ///
    /// @return where it lies
    public Path compile(Class<?> beside, String resource, Path folder) throws IOException {
        Path source = folder.resolve(resource);
        try (var in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("there is no resource " + resource);
            }
            Files.write(source, in.readAllBytes());
        }
        Path library = folder.resolve(resource.replace(".c", ".so"));
        compile(
                "-shared",
                "-fPIC",
                "-Wall",
                "-Wno-unknown-pragmas",
                "-Werror",
                "-o",
                library.toString(),
                source.toString());
        return library;
    }

    private static void claim(StringBuilder claims, String claim) {
        claims.append("_Static_assert(").append(claim).append(", \"it is not so\");\n");
    }

    private void assertCompiles(String claims) throws IOException {
        Path source = Files.createTempFile("headers", ".c");
        try {
            Files.writeString(source, includes + claims);
            compile("-fsyntax-only", source.toString());
        } finally {
            Files.delete(source);
        }
    }

    private void compile(String... arguments) {
        List<String> command = new ArrayList<>(List.of(COMPILER.toString()));
        command.addAll(options);
        command.addAll(List.of(arguments));
        assertEquals("", run(command));
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " does not end");
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
