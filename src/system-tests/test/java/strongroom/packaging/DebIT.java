package strongroom.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.repository.Repository;

/// What is in the .deb, looked at without installing it.
final class DebIT {
    // What other code would need to get into the program: a debugger's or a Java agent's module, a compiler.
    private static final Pattern DOOR_FOR_OTHERS = Pattern.compile(
            "java\\.instrument|java\\.management.*|jdk\\.(attach|jdwp\\.agent|jcmd|jdi|compiler|jshell).*");

    // As their projects build them; everything else has its links resolved and made read-only at the start.
    private static final Set<Path> WITHOUT_RELRO =
            Set.of(Path.of("libjnidispatch.so"), Path.of("libsqlitejdbc.so"), Path.of("zstd-jni.native"));

    @TempDir
    private static Path tree = Path.of("");

    @BeforeAll
    static void buildAndUnpack() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/usr/bin/dpkg-deb")), "A .deb is built on Debian and its children only.");
        Command.output(
                "dpkg-deb",
                "-R",
                Deb.upToDate(Repository.here()).toString(),
                tree.resolve("deb").toString());
    }

    @Test
    void holdsNothingOfTheServer() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path jar : jars()) {
            try (var zip = new ZipFile(jar.toFile())) {
                zip.stream()
                        .filter(entry -> entry.getName().startsWith("strongroom/server/"))
                        .forEach(entry -> found.add(jar.getFileName() + ": " + entry.getName()));
            }
        }

        assertEquals(Set.of(), found);
        assertTrue(jars().stream().anyMatch(jar -> jar.endsWith("strongroom-desktop.jar")));
    }

    @Test
    void itsRuntimeHasJavaFxAndNoDoorForOtherCode() throws IOException {
        String release = Files.readString(in("opt/strongroom/lib/runtime/release"));
        List<String> modules =
                List.of(release.replaceAll("(?s).*MODULES=\"([^\"]*)\".*", "$1").split(" "));

        assertTrue(modules.containsAll(List.of("java.base", "javafx.graphics", "javafx.controls")), release);
        assertEquals(
                List.of(),
                modules.stream()
                        .filter(module -> DOOR_FOR_OTHERS.matcher(module).matches())
                        .toList());
    }

    @Test
    void itsLaunchersAreHardened() throws IOException, InterruptedException {
        for (String launcher : List.of("strongroom", "strongroom-cli", "strongroom-agent")) {
            String headers = Command.output(
                    "readelf", "-Wlhd", in("opt/strongroom/bin/" + launcher).toString());

            assertTrue(headers.contains("DYN (Position-Independent Executable file)"), headers);
            assertTrue(headers.contains("GNU_RELRO") && headers.contains("BIND_NOW"), headers);
        }
    }

    @Test
    void noNativeCodeInItRunsFromTheStackOrAtAFixedAddressOrWithWritableLinks()
            throws IOException, InterruptedException {
        Set<Path> weak = new TreeSet<>();
        for (Path file : files()) {
            if (isNative(file)) {
                String headers = Command.output("readelf", "-Wlh", file.toString());
                boolean stackIsData = headers.lines().anyMatch(line -> line.matches(".*GNU_STACK.* RW +0x.*"));
                boolean linksAreFixed = headers.contains("GNU_RELRO") || WITHOUT_RELRO.contains(file.getFileName());
                if (!stackIsData || !linksAreFixed || !headers.contains("DYN (")) {
                    weak.add(file);
                }
            }
        }

        assertEquals(Set.of(), weak);
    }

    @Test
    void everyLauncherKeepsDebuggersDumpsAndForeignLibrariesOut() throws IOException {
        for (String launcher : List.of("strongroom", "strongroom-cli", "strongroom-agent")) {
            String options = Files.readString(in("opt/strongroom/lib/app/" + launcher + ".cfg"));

            for (String option : List.of(
                    "-XX:+DisableAttachMechanism",
                    "-XX:-UsePerfData",
                    "-XX:-HeapDumpOnOutOfMemoryError",
                    "-XX:-CreateCoredumpOnCrash",
                    "-Djna.nosys=true",
                    "-Djna.nounpack=true",
                    "-Dorg.sqlite.lib.path=$APPDIR/native")) {
                assertTrue(options.contains("java-options=" + option), launcher + " lacks " + option);
            }
        }
    }

    @Test
    void noFileInItCanBeChangedByOthersOrRunsAsSomebodyElse() throws IOException, InterruptedException {
        Set<Path> writable = new TreeSet<>();
        for (Path file : files()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || !permissions.contains(PosixFilePermission.OTHERS_READ)) {
                writable.add(file);
            }
        }
        String listing =
                Command.output("dpkg-deb", "-c", Deb.upToDate(Repository.here()).toString());

        assertEquals(Set.of(), writable);
        assertTrue(listing.lines().allMatch(line -> line.matches("[-dl][rwx-]{9} root/root .*")), listing);
    }

    @Test
    void saysWhatItIsAndNeeds() throws IOException, InterruptedException {
        String deb = Deb.upToDate(Repository.here()).toString();
        String version = Repository.here().read(Path.of("pom.xml")).replaceAll("(?s).*?<version>([^<]*)<.*", "$1");

        assertEquals(version, Command.output("dpkg-deb", "-f", deb, "Version").strip());
        String needs = Command.output("dpkg-deb", "-f", deb, "Depends");
        for (String library : List.of("libc6", "libgtk-3-0", "libgl1", "libxtst6", "libxxf86vm1")) {
            assertTrue(needs.contains(library), needs);
        }
        for (String entry :
                List.of("usr/share/applications/strongroom.desktop", "etc/xdg/autostart/strongroom-agent.desktop")) {
            Command.output("desktop-file-validate", in(entry).toString());
        }
        assertTrue(Files.isRegularFile(in("opt/strongroom/lib/strongroom.png")));
    }

    @Test
    void saysToPamHowThePersonIsAsked() throws IOException {
        List<String> lines = Files.readAllLines(in("etc/pam.d/strongroom"));

        assertTrue(lines.containsAll(List.of("@include common-auth", "@include common-account")), lines.toString());
        assertEquals(List.of("/etc/pam.d/strongroom"), Files.readAllLines(in("DEBIAN/conffiles")));
    }

    @Test
    void everyFileHasItsChecksum() throws IOException {
        List<String> sums = Files.readAllLines(in("DEBIAN/md5sums"));

        assertEquals(
                files().stream()
                        .map(file -> in("").relativize(file).toString())
                        .filter(name -> !name.startsWith("DEBIAN"))
                        .sorted()
                        .toList(),
                sums.stream().map(line -> line.substring(34)).sorted().toList());
        assertFalse(sums.isEmpty());
    }

    private static boolean isNative(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("\177ELF");
        }
    }

    private static List<Path> jars() throws IOException {
        return files().stream().filter(file -> file.toString().endsWith(".jar")).toList();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(in(""))) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static Path in(String path) {
        return tree.resolve("deb").resolve(path);
    }
}
