package strongroom.journey;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The other end of {@link WindowUnderScript}: what the person at one laptop does and sees.
final class ScriptedWindow implements AutoCloseable {
    private final Child child;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private ScriptedWindow(Child child) {
        this.child = child;
        this.commands =
                new BufferedWriter(new OutputStreamWriter(child.process().getOutputStream(), StandardCharsets.UTF_8));
        this.answers =
                new BufferedReader(new InputStreamReader(child.process().getInputStream(), StandardCharsets.UTF_8));
    }

    static ScriptedWindow start(Screen screen, Path home, String tpm, Path log) throws IOException {
        List<String> flags = List.of("-Dprism.order=sw", "-XX:+DisableAttachMechanism", "-XX:-UsePerfData");
        List<String> arguments = List.of("--home", home.toString(), "--tpm", tpm);
        return new ScriptedWindow(Child.dialogue(
                "window", log, screen.environment(), Child.java(WindowUnderScript.class.getName(), flags, arguments)));
    }

    /// Says one command and waits for its answer.
    String say(String... words) throws IOException {
        commands.write(String.join("\t", words));
        commands.write('\n');
        commands.flush();
        for (@Nullable String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("» ok\t")) {
                return line.substring("» ok\t".length());
            }
            if (line.startsWith("» no\t")) {
                throw new IOException(String.join(" ", words) + ": " + line.substring("» no\t".length()));
            }
        }
        throw new IOException("the window ended during: " + String.join(" ", words));
    }

    long pid() {
        return child.process().pid();
    }

    void kill() {
        child.kill();
    }

    @Override
    public void close() {
        try {
            commands.write("quit\n");
            commands.flush();
            child.await(10);
        } catch (IOException | IllegalStateException e) {
            child.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            child.kill();
        }
    }
}
