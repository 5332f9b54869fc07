package strongroom.vault.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.home.Home;

/// Two programs want the store of one home: what a store relies on, since it bears one writer beside the agent.
class HomeLockIT {
    @TempDir
    Path folder;

    @Test
    void theSecondProgramIsRefusedUntilTheFirstHasEndedHoweverItEnds() throws Exception {
        Home home = new Home(folder.resolve("home"));
        for (boolean killed : new boolean[] {false, true}) {
            Process first = start();
            try (BufferedReader out = first.inputReader()) {
                assertEquals("held", out.readLine());
                ClientException refused = assertThrows(ClientException.class, () -> HomeLock.take(home));
                assertEquals(Problem.HOME_IN_USE, refused.problem());

                if (killed) {
                    first.toHandle().destroyForcibly();
                } else {
                    first.getOutputStream().close();
                }
                first.waitFor();
            }

            HomeLock.take(home).close();
        }
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldingProcess.class.getName(),
                        folder.resolve("home").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
