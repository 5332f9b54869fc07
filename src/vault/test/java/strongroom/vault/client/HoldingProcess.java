package strongroom.vault.client;

import java.nio.file.Path;
import strongroom.vault.home.Home;

/// A program that has a home until it is ended.
final class HoldingProcess {
    private HoldingProcess() {}

    /// @param args folder of the home
    public static void main(String[] args) throws Exception {
        HomeLock held = HomeLock.take(new Home(Path.of(args[0])));
        System.out.println("held");
        while (System.in.read() >= 0) {
            // Whoever started it closes its input.
        }
        held.close();
    }
}
