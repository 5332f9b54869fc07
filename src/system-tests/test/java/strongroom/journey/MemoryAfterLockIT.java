package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// After a lock nothing of the vault is in the memory of any process of ours, as root sees it; while the vault is
/// open, the same search finds all of it.
class MemoryAfterLockIT {
    private static final String PASSPHRASE = "violet kettle 42";
    private static final int CYCLES = Integer.getInteger("strongroom.locks", 2);

    private Path folder;
    private Office office;
    private Client client;
    private Screen screen;

    @BeforeEach
    void oneClient() throws IOException, InterruptedException {
        folder = TempFolder.make();
        office = Office.open(folder, "Muster AG");
        client = Client.in(folder, "home", "none");
        client.enrol(office, "Anna Keller", PASSPHRASE);
        screen = Screen.start(folder);
    }

    @AfterEach
    void end() throws IOException {
        screen.close();
        client.close();
        office.close();
        TempFolder.remove(folder);
    }

    @Test
    void afterEachLockNoProcessHoldsAKeyThePinANameATextOrASearchedWord() throws Exception {
        Canaries canaries = new Canaries(client, PASSPHRASE);
        canaries.add(folder.resolve("documents"));
        ProcessMemory search = canaries.search();
        try (ScriptedWindow window =
                ScriptedWindow.start(screen, client.home(), "none", folder.resolve("window.log"))) {
            for (int cycle = 1; cycle <= CYCLES; cycle++) {
                canaries.type(window);
                long shower = window.pid();
                if (!isRoot()) {
                    assertThrows(IOException.class, () -> search.in(shower), "any program of this user can read it");
                    return;
                }
                Map<String, Integer> typed = asRoot(search, shower);
                canaries.enter(window);
                canaries.look(window);
                Map<String, Integer> before = search.in(shower);
                typed.forEach((what, count) -> before.merge(what, count, Math::max));
                assertEquals(Set.of(), missing(before), () -> "the search does not find what is there: " + before);

                try (Child other = Child.start(
                        "xterm", folder.resolve("xterm.log"), screen.environment(), List.of("xterm", "-e", "cat"))) {
                    window.say("wait", "unlock-screen");
                    assertTrue(other.runs());
                    assertTrue(ProcessMemory.isGone(shower), "the process that showed the vault still runs");
                    Map<String, Map<String, Integer>> after = new TreeMap<>();
                    Set<Long> ours = client.processes();
                    assertTrue(ours.contains(window.pid()));
                    for (long pid : ours) {
                        after.put("process " + pid, search.in(pid));
                    }
                    after.values().removeIf(Map::isEmpty);
                    assertEquals(Map.of(), after);
                }
            }
        }
    }

    private static Map<String, Integer> asRoot(ProcessMemory search, long pid) {
        try {
            return search.in(pid);
        } catch (IOException e) {
            // A container without CAP_SYS_PTRACE.
            return abort("not even root may look into memories here: " + e.getMessage());
        }
    }

    /// Every kind of needle that was found nowhere, in neither encoding. Of the ciphers none may be alive at that
    /// moment; `ProcessMemoryTest` shows that the search knows their round keys.
    private static Set<String> missing(Map<String, Integer> found) {
        Set<String> missing =
                new HashSet<>(Set.of("key of the catalogue", "PIN", "name 0", "name 1", "text 0", "searched"));
        found.keySet().forEach(what -> missing.removeIf(what::startsWith));
        return missing;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
