package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import strongroom.vault.home.Home;
import strongroom.vault.wipe.WipedNotice;

/// What a wipe leaves of a home.
final class WipedFolder {
    /// The notice, and empty files that programs hold while they run.
    private static final List<String> MAY_STAY = List.of("agent.lock", "window.lock", "wipe.lock", "wiped.notice");

    private WipedFolder() {}

    /// Waits until the wipe of a home is over and the server has its last receipt.
    static void awaitDelivered(Path home) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(120, "the wipe did not come to its end: " + names(home));
        while (!isDelivered(home) || Files.exists(new Home(home).identity())) {
            deadline.pause();
        }
    }

    /// Whether the notice says that the server has the last receipt.
    static boolean isDelivered(Path home) throws IOException {
        return WipedNotice.of(new Home(home)).map(WipedNotice::receiptDelivered).orElse(false);
    }

    /// Nothing that opens or held the vault is there.
    static void isEmpty(Path home) throws IOException {
        assertEquals(
                List.of(),
                names(home).stream().filter(name -> !MAY_STAY.contains(name)).toList());
    }

    /// Nothing that opens the vault is there, nor anything that it held; the device may still owe its receipt.
    static void holdsNoVault(Path home) throws IOException {
        assertEquals(
                List.of(),
                names(home).stream()
                        .filter(name -> name.startsWith("slots") || name.startsWith("store"))
                        .toList());
    }

    static List<String> names(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> home.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            // It is being emptied.
            return List.of("(changing)");
        }
    }
}
