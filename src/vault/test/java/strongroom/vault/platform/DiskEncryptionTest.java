package strongroom.vault.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static strongroom.protocol.posture.DiskState.ENCRYPTED;
import static strongroom.protocol.posture.DiskState.NOT_FOUND;
import static strongroom.protocol.posture.DiskState.UNKNOWN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import strongroom.protocol.posture.DiskState;

/// Disks as the kernel shows them, in a folder.
class DiskEncryptionTest {
    @TempDir
    private Path root;

    @BeforeEach
    void noDisks() throws IOException {
        for (String folder :
                new String[] {"sys/dev/block", "sys/class/block", "sys/devices", "dev/mapper", "proc/self"}) {
            Files.createDirectories(root.resolve(folder));
        }
    }

    private Path device(String name, String number) throws IOException {
        Path device = Files.createDirectories(root.resolve("sys/devices").resolve(name));
        Files.createSymbolicLink(root.resolve("sys/dev/block").resolve(number), device);
        Files.createSymbolicLink(root.resolve("sys/class/block").resolve(name), device);
        Files.createFile(root.resolve("dev").resolve(name));
        return device;
    }

    private Path mapped(String name, String number, String uuid, Path... on) throws IOException {
        Path device = device(name, number);
        Files.writeString(Files.createDirectories(device.resolve("dm")).resolve("uuid"), uuid + "\n");
        Path slaves = Files.createDirectories(device.resolve("slaves"));
        for (Path slave : on) {
            Files.createSymbolicLink(slaves.resolve(slave.getFileName()), slave);
        }
        return device;
    }

    private DiskState of(String number) {
        return new DiskEncryption(root).of(number);
    }

    @Test
    void aPartitionOnItsOwnIsNotEncrypted() throws Exception {
        device("sda2", "8:2");

        assertEquals(NOT_FOUND, of("8:2"));
    }

    @Test
    void aVolumeOfAGroupIsAsEncryptedAsWhatItLiesOn() throws Exception {
        Path crypt = mapped("dm-0", "254:0", "CRYPT-LUKS2-0123-sda3_crypt", device("sda3", "8:3"));
        mapped("dm-1", "254:1", "LVM-abc", crypt);
        mapped("dm-2", "254:2", "LVM-def", crypt, device("sdb1", "8:17"));

        assertEquals(ENCRYPTED, of("254:0"));
        assertEquals(ENCRYPTED, of("254:1"));
        assertEquals(NOT_FOUND, of("254:2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CRYPT-VERITY-0-x", "CRYPT-INTEGRITY-0-x", "LVM-CRYPT-LUKS2", "XCRYPT-LUKS2-0-x", "CRYPT"})
    void whatOnlyChecksIsNotEncrypted(String uuid) throws Exception {
        mapped("dm-0", "254:0", uuid, device("sda3", "8:3"));

        assertEquals(NOT_FOUND, of("254:0"));
    }

    @Test
    void aFileSystemWithNumbersOfItsOwnIsFoundByWhereItIsMountedFrom() throws Exception {
        mapped("dm-0", "254:0", "CRYPT-LUKS1-0123-home", device("sda3", "8:3"));
        Files.createSymbolicLink(root.resolve("dev/mapper/home"), root.resolve("dev/dm-0"));
        Files.writeString(root.resolve("proc/self/mountinfo"), """
                22 1 0:30 / / rw shared:1 - overlay overlay rw
                23 22 0:41 /@home /home rw,noatime shared:2 master:3 - btrfs /dev/mapper/home rw,ssd
                """);

        assertEquals(ENCRYPTED, of("0:41"));
        assertEquals(UNKNOWN, of("0:30"), "an overlay does not say what it lies on");
        assertEquals(UNKNOWN, of("0:99"));
    }

    @Test
    void aFileInPlaceOfADiskIsNotFollowedNorIsACircle() throws Exception {
        Path loop = device("loop0", "7:0");
        Files.createDirectories(loop.resolve("loop"));
        Path first = mapped("dm-0", "254:0", "LVM-a", loop);
        Files.createSymbolicLink(first.resolve("slaves").resolve("dm-0"), first);

        assertEquals(UNKNOWN, of("7:0"));
        assertEquals(UNKNOWN, of("254:0"));
    }

    @Test
    void withoutAnythingToReadItIsNotKnown() throws Exception {
        assertEquals(UNKNOWN, of("8:1"));
    }

    @ParameterizedTest
    @CsvSource({"2050, 8:2", "65025, 254:1", "41, 0:41", "1048576, 0:256", "17592186044416, 4096:0"})
    void aDevicesNumberIsUnpackedAsTheCLibraryPacksIt(long packed, String number) {
        assertEquals(number, DiskEncryption.number(packed));
    }
}
