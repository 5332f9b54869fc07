package strongroom.vault.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What the kernel says of a process that asked to be left alone. In this very process, which no test needs to
/// look into.
@EnabledOnOs(OS.LINUX)
class ProcessHardeningTest {
    @Test
    void theProcessLeavesNoCoreAndIsClosedToOtherProgramsOfItsUser() throws IOException {
        assertTrue(ProcessHardening.apply());

        int dumpable = new NativeLibrary("libc.so.6").function("prctl").callInt(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L);
        assertEquals(0, dumpable);
        List<String> core = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max core file size"))
                .toList();
        assertEquals(
                List.of("0", "0"), List.of(core.getFirst().split("\\s{2,}")).subList(1, 3));
    }

    private static final int PR_GET_DUMPABLE = 3;
}
