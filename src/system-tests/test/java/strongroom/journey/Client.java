package strongroom.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A client without a window: a home, the command line that works on it, and the agent that this starts.
public final class Client implements AutoCloseable {
    /// What a command said.
    ///
    /// @param exit its exit code @param out standard output @param errors the lines of standard error
    record Said(int exit, String out, List<String> errors) {
        @Override
        public String toString() {
            return exit + ": " + out + errors;
        }
    }

    private static final Pattern WAITING =
            Pattern.compile("\"id\":\"([^\"]+)\",[^{}]*\"approvalCode\":\"([0-9][^\"]*)\"");

    private static final Pattern SHOWN = Pattern.compile("\"recoveryCode\":\"([^\"]+)\"");

    private final Path home;
    private final String tpm;
    private final Path log;
    private final Map<String, String> environment;
    private final Programs programs;
    private final Tool tool;

    private Client(Path home, String tpm, Path log, Map<String, String> environment, Programs programs) {
        this.home = home;
        this.tpm = tpm;
        this.log = log;
        this.environment = environment;
        this.programs = programs;
        this.tool = new Tool(home, tpm, log, environment, programs);
    }

    /// On a machine without a keyring, whatever this one has.
    public static Client in(Path folder, String name, String tpm) throws IOException {
        return in(folder, name, tpm, KeyringDaemon.NONE, Programs.HOSTED);
    }

    /// In a session of its own: the processes that run its commands have this environment.
    static Client in(Path folder, String name, String tpm, Map<String, String> environment) throws IOException {
        return in(folder, name, tpm, environment, Programs.hosted(environment));
    }

    private static Client in(Path folder, String name, String tpm, Map<String, String> environment, Programs programs)
            throws IOException {
        Path log = Files.createFile(folder.resolve(name + ".errors"));
        return new Client(folder.resolve(name), tpm, log, environment, programs);
    }

    Path home() {
        return home;
    }

    String tpm() {
        return tpm;
    }

    /// Enrols. @return what it wrote
    public String enrol(Office office, String person, String pin) throws IOException, InterruptedException {
        String name = String.valueOf(home.getFileName());
        return run(pin, "enrol", "--server", office.url(), "--code", office.enrolCode(person), "--name", name);
    }

    /// Approves the one device of this person that waits for its keys, after a look at the digits.
    void approve(String pin) throws IOException, InterruptedException {
        Matcher waiting = WAITING.matcher(run(pin, "devices", "--json"));
        if (!waiting.find()) {
            throw new IOException("no device waits");
        }
        run(pin, "approve", waiting.group(1), "--digits", waiting.group(2));
    }

    /// Runs a command that must succeed. @return what it wrote
    String run(String pin, String... words) throws IOException, InterruptedException {
        Said said = say(pin, words);
        if (said.exit != 0) {
            throw new IOException(words[0] + " ended with " + said);
        }
        return said.out;
    }

    /// Runs a command, whatever comes of it.
    Said say(String pin, String... words) throws IOException, InterruptedException {
        long before = Files.size(log);
        Programs.Answer answer = tool.ask(pin, words);
        byte[] all = Files.readAllBytes(log);
        String errors = new String(all, (int) before, (int) (all.length - before), StandardCharsets.UTF_8);
        return new Said(
                answer.exit(),
                answer.out(),
                errors.lines().filter(line -> !Child.isOfTheJvm(line)).toList());
    }

    /// The same home on a machine with another TPM, or without.
    Client withTpm(String other) {
        return new Client(home, other, log, environment, programs);
    }

    /// Makes a recovery sheet and types its code back, as somebody does who wrote it down. @return the code
    String recoverySheet(String pin) throws IOException, InterruptedException {
        return typedBack(tool.start(List.of(), "recovery", "sheet", "--json"), pin);
    }

    /// Enrols and makes a recovery sheet in one go. @return its code
    String enrolWithSheet(Office office, String person, String pin) throws IOException, InterruptedException {
        return typedBack(
                tool.start(
                        List.of(),
                        "enrol",
                        "--json",
                        "--recovery-sheet",
                        "--server",
                        office.url(),
                        "--code",
                        office.enrolCode(person),
                        "--name",
                        String.valueOf(home.getFileName())),
                pin);
    }

    private static String typedBack(Child command, String pin) throws IOException, InterruptedException {
        try (Child child = command;
                OutputStream in = child.process().getOutputStream();
                BufferedReader out = new BufferedReader(
                        new InputStreamReader(child.process().getInputStream(), StandardCharsets.UTF_8))) {
            in.write((pin + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            Matcher shown = SHOWN.matcher("");
            for (String line = out.readLine();
                    line != null && !shown.reset(line).find();
                    line = out.readLine()) {
                // What the command says before.
            }
            String code = shown.group(1);
            in.write((code.toLowerCase(Locale.ROOT).replace('-', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            if (child.await(300) != 0) {
                throw new IOException("the code was not taken");
            }
            return code;
        }
    }

    /// Opens a session that stays open. The caller closes it.
    Batch batch(String pin) throws IOException {
        return batch(pin, List.of());
    }

    /// @param before the command that runs the command
    Batch batch(String pin, List<String> before) throws IOException {
        return new Batch(tool.start(before, "batch", "--json"), pin);
    }

    public Optional<ProcessHandle> agent() {
        return tool.agent();
    }

    /// Waits until there is one.
    ProcessHandle awaitAgent() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (true) {
            Optional<ProcessHandle> running = agent();
            if (running.isPresent()) {
                return running.get();
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("no agent came");
            }
            // A look goes through all processes of the machine.
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /// The agent and every window of this home, also those that wait for their turn.
    Set<Long> processes() {
        Set<Long> found = new HashSet<>();
        agent().ifPresent(agent -> found.add(agent.pid()));
        ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(home.toString()))
                .filter(process -> commandLine(process).contains("java"))
                .forEach(window -> found.add(window.pid()));
        return found;
    }

    /// Waits until the process is there that shows the lock screen after the next lock.
    void awaitWaitingWindow() throws InterruptedException {
        while (processes().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .noneMatch(process -> commandLine(process).contains("--successor"))) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException expected) {
            return "";
        }
    }

    @Override
    public void close() {
        endAgent();
    }

    /// Ends the agent and waits for that.
    void endAgent() {
        Optional<ProcessHandle> running = agent();
        tool.endAgent();
        // Nothing may write into the home while it is removed.
        running.ifPresent(
                agent -> agent.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /// One unlocked session, spoken to line by line; each command given here must answer with one line.
    static final class Batch implements AutoCloseable {
        private final Child child;
        private final OutputStream in;
        private final BufferedReader out;

        private Batch(Child child, String pin) throws IOException {
            this.child = child;
            this.in = child.process().getOutputStream();
            this.out =
                    new BufferedReader(new InputStreamReader(child.process().getInputStream(), StandardCharsets.UTF_8));
            in.write((pin + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        }

        /// @return the answer; empty if the session is over
        Optional<String> ask(String line) {
            try {
                in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                in.flush();
                return Optional.ofNullable(out.readLine());
            } catch (IOException expected) {
                // It was killed while it was spoken to.
                return Optional.empty();
            }
        }

        long pid() {
            return child.process().pid();
        }

        void kill() {
            child.kill();
        }

        /// Says that nothing more comes. @return the exit code
        int end() throws IOException, InterruptedException {
            in.close();
            return child.await(300);
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
