package strongroom.bench.contender;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The program beside us that has Cryptomator's cryptofs: started once and run warm, so that its figures are those
/// of a warm JVM, as ours are. It is none of our modules; `src/bench/peers` has its source and licence.
public final class CryptofsProgram implements AutoCloseable {
    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;

    private CryptofsProgram(Process process) {
        this.process = process;
        this.to = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Starts it, if it is there.
    ///
    /// @param scratch a folder that may be filled, and is removed by somebody else
    public static Optional<CryptofsProgram> start(Path scratch) throws IOException {
        @Nullable String jars = System.getProperty("strongroom.bench.cryptofs.jars");
        @Nullable String source = System.getProperty("strongroom.bench.cryptofs.source");
        if (jars == null || source == null || !Files.isDirectory(Path.of(jars))) {
            return Optional.empty();
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-Xmx512m", "-cp", jars + "/*", source)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        CryptofsProgram program = new CryptofsProgram(builder.start());
        program.ask("warm", scratch.toString());
        return Optional.of(program);
    }

    /// Makes contenders of it; it has one at a time.
    public Maker maker() {
        return new Maker("cryptofs", folder -> new Cryptofs(this, folder));
    }

    /// @return the seconds that it answers
    double[] ask(String... words) throws IOException {
        to.write(String.join("\t", words));
        to.newLine();
        to.flush();
        @Nullable String line = from.readLine();
        if (line == null) {
            throw new IOException("cryptofs ended: " + String.join(" ", words));
        }
        return Arrays.stream(line.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Override
    public void close() throws IOException {
        to.close();
        process.destroy();
    }
}
