package strongroom.journey;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import strongroom.vault.client.ClientLog;

/// A process that runs commands of our programs one after the other. Agents that they start are processes of their own
/// as ever. It ends with the process that asks; who finds no host idle starts another.
final class CommandHost {
    private static final Map<Map<String, String>, Deque<CommandHost>> IDLE = new ConcurrentHashMap<>();

    private final Child child;
    private final DataOutputStream requests;
    private final DataInputStream answers;

    private CommandHost(Map<String, String> environment) throws IOException {
        Path log = Files.createTempFile("strongroom-host", ".log");
        log.toFile().deleteOnExit();
        // It lives long enough for the second compiler, whatever its own children are told.
        List<String> command = Child.java(CommandHost.class.getName(), List.of("-XX:TieredStopAtLevel=4"), List.of());
        child = Child.dialogue("command host", log, environment, command);
        requests = new DataOutputStream(new BufferedOutputStream(child.process().getOutputStream()));
        answers = new DataInputStream(child.process().getInputStream());
    }

    /// Runs a command in a host. @param environment of the host, added to the test's own @param log where its standard
    /// error goes
    static Programs.Answer run(
            Map<String, String> environment, Programs.Program program, Path log, String input, List<String> arguments)
            throws IOException {
        Deque<CommandHost> all = IDLE.computeIfAbsent(environment, none -> new ConcurrentLinkedDeque<>());
        CommandHost idle = all.poll();
        CommandHost host = idle == null ? new CommandHost(environment) : idle;
        Programs.Answer answer = host.ask(program, log, input, arguments);
        all.push(host);
        return answer;
    }

    /// Ends the hosts of an environment that comes to its end, too.
    static void end(Map<String, String> environment) {
        Deque<CommandHost> all = IDLE.remove(environment);
        if (all != null) {
            all.forEach(host -> host.child.close());
        }
    }

    private Programs.Answer ask(Programs.Program program, Path log, String input, List<String> arguments)
            throws IOException {
        try {
            requests.writeUTF(program.name());
            write(requests, input.getBytes(StandardCharsets.UTF_8));
            requests.writeInt(arguments.size());
            for (String argument : arguments) {
                requests.writeUTF(argument);
            }
            requests.flush();
            int exit = answers.readInt();
            String out = new String(read(answers), StandardCharsets.UTF_8);
            Files.write(log, read(answers), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new Programs.Answer(exit, out);
        } catch (IOException e) {
            child.close();
            throw e;
        }
    }

    private static void write(DataOutputStream to, byte[] bytes) throws IOException {
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    private static byte[] read(DataInputStream from) throws IOException {
        byte[] bytes = new byte[from.readInt()];
        from.readFully(bytes);
        return bytes;
    }

    /// The host itself: answers until nobody asks any more.
    public static void main(String[] none) throws IOException {
        ClientLog.configure();
        DataInputStream requests = new DataInputStream(System.in);
        DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(System.out));
        while (true) {
            try {
                answer(requests, answers);
            } catch (EOFException end) {
                System.exit(0);
            }
        }
    }

    private static void answer(DataInputStream requests, DataOutputStream answers) throws IOException {
        Programs.Program program = Programs.Program.valueOf(requests.readUTF());
        System.setIn(new ByteArrayInputStream(read(requests)));
        List<String> arguments = new ArrayList<>();
        for (int left = requests.readInt(); left > 0; left--) {
            arguments.add(requests.readUTF());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        String[] words = arguments.toArray(String[]::new);
        int exit =
                switch (program) {
                    case CLIENT -> strongroom.vault.cli.Main.run(words);
                    case SERVER -> strongroom.server.Main.run(words);
                };
        System.out.flush();
        System.err.flush();
        answers.writeInt(exit);
        write(answers, out.toByteArray());
        write(answers, err.toByteArray());
        answers.flush();
    }
}
