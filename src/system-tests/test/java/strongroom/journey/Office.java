package strongroom.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The organisation's side: a real server process with a throwaway authority, and an administrator with key files in
/// a folder that the server is never told of.
public final class Office implements AutoCloseable {
    private final Path home;
    private final Path admin;
    private final Path log;
    private Child server;
    private final String adminUrl;
    private final Programs programs;

    private Office(Path home, Path admin, Path log, Child server, String adminUrl, Programs programs) {
        this.home = home;
        this.admin = admin;
        this.log = log;
        this.server = server;
        this.adminUrl = adminUrl;
        this.programs = programs;
    }

    public static Office open(Path folder, String organisation) throws IOException, InterruptedException {
        return open(folder, organisation, Programs.HOSTED);
    }

    /// @param programs how the administrator's commands are run
    static Office open(Path folder, String organisation, Programs programs) throws IOException, InterruptedException {
        Path home = folder.resolve("server");
        Path admin = folder.resolve("administrator");
        Path log = folder.resolve("server.log");
        run(
                programs,
                log,
                List.of(
                        "init",
                        "--home",
                        home.toString(),
                        "--admin",
                        admin.toString(),
                        "--organisation",
                        organisation,
                        "--host",
                        "localhost"));
        Path ready = folder.resolve("server.ready");
        Child server = serve(home, ready, log, "0", "0");
        return new Office(home, admin, log, server, "https://localhost:" + port(server, ready, "admin"), programs);
    }

    private static Child serve(Path home, Path ready, Path log, String devicePort, String adminPort)
            throws IOException {
        return Child.start(
                "server",
                log,
                Map.of(),
                Child.java(
                        Programs.Program.SERVER.mainClass(),
                        List.of(),
                        List.of(
                                "serve",
                                "--home",
                                home.toString(),
                                "--device-port",
                                devicePort,
                                "--admin-port",
                                adminPort,
                                "--ready-file",
                                ready.toString())));
    }

    private static String port(Child server, Path ready, String which) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (true) {
            if (Files.exists(ready)) {
                for (String word : List.of(Files.readString(ready).split("\\s+"))) {
                    if (word.startsWith(which + "=")) {
                        return word.substring(which.length() + 1);
                    }
                }
            }
            if (!server.runs() || System.nanoTime() > deadline) {
                throw new IOException("the server did not start");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// Where devices enrol and administrators ask.
    public String url() {
        return adminUrl;
    }

    Path folder() {
        return home;
    }

    /// Unplugs the server.
    void stop() {
        server.close();
    }

    /// Cuts its power.
    void kill() {
        server.kill();
    }

    /// Where devices synchronise.
    String devicePort() throws IOException, InterruptedException {
        return port(server, home.resolveSibling("server.ready"), "device");
    }

    /// The folder of its administrator, which no server reads.
    Path administrator() {
        return admin;
    }

    /// Starts it again, devices at this port (0 for any), administrators where they were.
    ///
    /// @return the port for devices
    String start(String devicePort) throws IOException, InterruptedException {
        Path ready = home.resolveSibling("server.again");
        Files.deleteIfExists(ready);
        server = serve(home, ready, log, devicePort, adminUrl.substring(adminUrl.lastIndexOf(':') + 1));
        return port(server, ready, "device");
    }

    /// What an administrator types. @return what the tool answered
    String admin(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add("admin");
        command.addAll(List.of(words));
        command.addAll(List.of("--admin", admin.toString(), "--server", adminUrl));
        return run(programs, log, command);
    }

    /// Waits until the list of devices has these words: devices report in the background.
    void awaitListed(String words) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(120, "not listed: " + words);
        while (!admin("devices").contains(words)) {
            deadline.pause();
        }
    }

    public String enrolCode(String person) throws IOException, InterruptedException {
        return admin("enrol-code", person)
                .strip()
                .lines()
                .reduce((_, last) -> last)
                .orElseThrow()
                .strip();
    }

    private static String run(Programs programs, Path log, List<String> arguments)
            throws IOException, InterruptedException {
        Programs.Answer answer = programs.run(Programs.Program.SERVER, log, "", arguments);
        if (answer.exit() != 0) {
            throw new IOException("strongroom-server %s ended with %d: %s"
                    .formatted(arguments.getFirst(), answer.exit(), answer.out()));
        }
        return answer.out();
    }

    @Override
    public void close() {
        server.close();
    }
}
