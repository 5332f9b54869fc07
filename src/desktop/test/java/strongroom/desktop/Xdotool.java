package strongroom.desktop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The hand of a user, for what happens outside of our own windows.
final class Xdotool {
    private Xdotool() {}

    /// xdotool fails where some window disappears while it looks through them all: then once more.
    static void run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("xdotool"), Stream.of(arguments)).toList();
        for (int attempt = 0; attempt < 5; attempt++) {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError(String.join(" ", command) + " does not end");
            }
            if (process.exitValue() == 0) {
                return;
            }
        }
        throw new AssertionError(String.join(" ", command) + " fails");
    }

    /// @return what it prints
    static String say(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("xdotool"), Stream.of(arguments))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }
}
