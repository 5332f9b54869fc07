package strongroom.journey;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// KeePassXC before the same eyes: what people of this field are used to. It reads a file of its own format, which a
/// passphrase opens.
final class KeePassXc {
    private static final int CYCLES = Integer.getInteger("strongroom.bench.locks", 5);
    private static final String PASSPHRASE = "violet kettle 42";

    private final Path folder;
    private final Screen screen;
    private final Eyes eyes;
    private final Figures figures;

    KeePassXc(Path folder, Screen screen, Eyes eyes, Figures figures) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("keepassxc"));
        this.screen = screen;
        this.eyes = eyes;
        this.figures = figures;
    }

    static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/keepassxc"))
                && Files.isExecutable(Path.of("/usr/bin/keepassxc-cli"));
    }

    void measure() throws IOException, InterruptedException {
        Path database = folder.resolve("database.kdbx");
        try (Child maker = Child.dialogue(
                        "keepassxc-cli",
                        folder.resolve("cli.log"),
                        environment(),
                        List.of("keepassxc-cli", "db-create", "-p", database.toString()));
                OutputStream in = maker.process().getOutputStream()) {
            in.write((PASSPHRASE + "\n" + PASSPHRASE + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            if (maker.await(60) != 0) {
                throw new IOException("keepassxc-cli made no database; see " + folder);
            }
        }
        // It asks on its first start whether it may look for newer versions.
        Path settings = Files.writeString(
                folder.resolve("settings.ini"),
                "[General]\nUpdateCheckMessageShown=true\n[GUI]\nCheckForUpdates=false\n");
        for (int start = 0; start < CYCLES; start++) {
            long begun = System.nanoTime();
            try (Child _ = Child.start(
                    "keepassxc",
                    folder.resolve("window.log"),
                    environment(),
                    List.of("keepassxc", "--config", settings.toString(), database.toString()))) {
                figures.add("keepassxc_cold_start_s", eyes.watch(begun).stood());
                eyes.turnTo(".*KeePassXC");
                TimeUnit.MILLISECONDS.sleep(500);
                eyes.type(PASSPHRASE);
                TimeUnit.MILLISECONDS.sleep(300);
                figures.add("keepassxc_passphrase_to_list_s", eyes.enter().stood());
                eyes.picture(folder.resolve("open.png"));
                figures.add("keepassxc_lock_to_cover_s", eyes.lock().first());
            }
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(screen.environment());
        environment.putAll(KeyringDaemon.NONE);
        environment.put("HOME", folder.toString());
        environment.put("XDG_CONFIG_HOME", folder.toString());
        environment.put("XDG_CACHE_HOME", folder.toString());
        environment.put("QT_QPA_PLATFORM", "xcb");
        return environment;
    }
}
