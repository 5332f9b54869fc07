package strongroom.vault.platform;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// The operating system in its own words. On Linux the distribution and, as the version, the kernel's.
///
/// @param name such as `Debian GNU/Linux 12 (bookworm)` @param version such as `6.1.0-28-amd64`
public record SystemVersion(String name, String version) {
    private static final int LIMIT = 100;

    /// The one that runs this program.
    public static SystemVersion current() {
        return OperatingSystem.current() == OperatingSystem.LINUX
                ? ofLinux(Path.of("/etc/os-release"))
                : new SystemVersion(property("os.name"), property("os.version"));
    }

    /// @param release as os-release(5) describes it; without it the system is called what the kernel is
    static SystemVersion ofLinux(Path release) {
        Properties said = new Properties();
        try {
            // Quoted like values of a shell; a name has no more than the quotes.
            said.load(new StringReader(Files.readString(release, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            said.clear();
        }
        String name = said.getProperty("PRETTY_NAME", "").replace("\"", "").strip();
        return new SystemVersion(name.isEmpty() ? property("os.name") : shortened(name), property("os.version"));
    }

    private static String property(String name) {
        return shortened(System.getProperty(name, ""));
    }

    private static String shortened(String text) {
        return text.length() > LIMIT ? text.substring(0, LIMIT) : text;
    }
}
