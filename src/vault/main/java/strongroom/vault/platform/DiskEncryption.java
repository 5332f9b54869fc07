package strongroom.vault.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import strongroom.protocol.posture.DiskState;

/// Whether the disk below a folder is encrypted, as the kernel tells everybody in sysfs. On Linux alone; no rights are
/// needed. Of a file system over several disks it sees the one that is named where it is mounted.
///
/// @param root of the file system that has `sys`, `proc` and `dev`
public record DiskEncryption(Path root) {
    /// Kinds of dm-crypt (cryptsetup): with others of its kinds it only checks.
    private static final Set<String> ENCRYPTING =
            Set.of("LUKS1", "LUKS2", "PLAIN", "LOOPAES", "TCRYPT", "BITLK", "FVAULT2");

    private static final int DEPTH = 16;
    private static final int DEVICE = 2;

    /// Of this machine.
    public static DiskState below(Path folder) {
        if (OperatingSystem.current() != OperatingSystem.LINUX) {
            return DiskState.UNKNOWN;
        }
        try {
            long device = ((Number) Files.getAttribute(folder, "unix:dev")).longValue();
            return new DiskEncryption(Path.of("/")).of(number(device));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return DiskState.UNKNOWN;
        }
    }

    /// As glibc packs it: `major:minor`.
    static String number(long device) {
        long major = device >>> 8 & 0xfff | device >>> 32 & 0xfffff000L;
        long minor = device & 0xff | device >>> 12 & 0xffffff00L;
        return major + ":" + minor;
    }

    /// @param number of the device that a file is on, `major:minor`
    DiskState of(String number) {
        try {
            Path block = root.resolve("sys").resolve("dev").resolve("block").resolve(number);
            if (Files.exists(block)) {
                return of(block.toRealPath(), DEPTH);
            }
            // A file system with devices of its own, such as btrfs: numbered by nobody, but mounted from one.
            Optional<Path> mounted = mountedFrom(number);
            return mounted.isPresent() ? of(mounted.get(), DEPTH) : DiskState.UNKNOWN;
        } catch (IOException e) {
            return DiskState.UNKNOWN;
        }
    }

    private Optional<Path> mountedFrom(String number) throws IOException {
        Path mounts = root.resolve("proc").resolve("self").resolve("mountinfo");
        for (String line : Files.readAllLines(mounts, StandardCharsets.UTF_8)) {
            List<String> fields = List.of(line.split(" ", -1));
            int source = fields.indexOf("-") + 2;
            boolean named = fields.size() > source
                    && source > DEVICE
                    && fields.get(DEVICE).equals(number)
                    && fields.get(source).startsWith("/dev/");
            if (named) {
                Path node = root.resolve(fields.get(source).substring(1)).toRealPath();
                Path block =
                        root.resolve("sys").resolve("class").resolve("block").resolve(node.getFileName());
                return Files.exists(block) ? Optional.of(block.toRealPath()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Encrypted, or all that it lies on is. @param depth against a circle
    private static DiskState of(Path block, int depth) throws IOException {
        if (isEncrypting(block)) {
            return DiskState.ENCRYPTED;
        }
        if (depth == 0 || Files.exists(block.resolve("loop"))) {
            // A file of another file system stands for the disk: what that lies on is not followed.
            return DiskState.UNKNOWN;
        }
        Path slaves = block.resolve("slaves");
        List<Path> below;
        if (!Files.isDirectory(slaves)) {
            return DiskState.NOT_FOUND;
        }
        try (Stream<Path> listed = Files.list(slaves)) {
            below = listed.toList();
        }
        DiskState worst = below.isEmpty() ? DiskState.NOT_FOUND : DiskState.ENCRYPTED;
        for (Path slave : below) {
            DiskState state = of(slave.toRealPath(), depth - 1);
            if (state != DiskState.ENCRYPTED && worst != DiskState.NOT_FOUND) {
                worst = state;
            }
        }
        return worst;
    }

    private static boolean isEncrypting(Path block) throws IOException {
        Path uuid = block.resolve("dm").resolve("uuid");
        if (!Files.exists(uuid)) {
            return false;
        }
        String[] parts = Files.readString(uuid, StandardCharsets.UTF_8).strip().split("-", -1);
        return parts.length > 1 && parts[0].equals("CRYPT") && ENCRYPTING.contains(parts[1]);
    }
}
