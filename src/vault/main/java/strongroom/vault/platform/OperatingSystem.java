package strongroom.vault.platform;

import java.util.Locale;

/// The systems that this program knows by name.
public enum OperatingSystem {
    LINUX,
    WINDOWS,
    MAC,
    OTHER;

    /// The one that runs this program.
    public static OperatingSystem current() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (name.equals("linux")) {
            return LINUX;
        }
        return name.startsWith("windows") ? WINDOWS : name.startsWith("mac") ? MAC : OTHER;
    }
}
