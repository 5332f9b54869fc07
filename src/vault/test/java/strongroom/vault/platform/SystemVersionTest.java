package strongroom.vault.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemVersionTest {
    @TempDir
    private Path folder;

    @Test
    void aDistributionIsCalledAsItCallsItself() throws Exception {
        Path release = Files.writeString(
                folder.resolve("os-release"), "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");

        assertEquals(
                new SystemVersion("Debian GNU/Linux 12 (bookworm)", System.getProperty("os.version")),
                SystemVersion.ofLinux(release));
    }

    @Test
    void oneThatDoesNotSayIsCalledAsItsKernelAndALongNameIsCut() throws Exception {
        String kernel = System.getProperty("os.name");
        assertEquals(kernel, SystemVersion.ofLinux(folder.resolve("missing")).name());
        Path empty = Files.writeString(folder.resolve("empty"), "ID=x\n");
        assertEquals(kernel, SystemVersion.ofLinux(empty).name());
        Path wrong = Files.writeString(folder.resolve("wrong"), "PRETTY_NAME=\\u00zz\n");
        assertEquals(kernel, SystemVersion.ofLinux(wrong).name());
        Path longer = Files.writeString(folder.resolve("long"), "PRETTY_NAME=" + "x".repeat(5000));
        assertTrue(SystemVersion.ofLinux(longer).name().length() <= 100);
    }
}
