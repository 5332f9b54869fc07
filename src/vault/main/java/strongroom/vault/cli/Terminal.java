package strongroom.vault.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;

/// Where the command line reads and writes. PINs come from the terminal without echo, or as the first line of
/// standard input; never from an argument, which every process of the machine could read.
final class Terminal {
    private static final int PIN_LIMIT = 1024;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private boolean json;

    Terminal(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    void json(boolean wanted) {
        json = wanted;
    }

    boolean json() {
        return json;
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }

    /// Says what went wrong, for people or for machines.
    void problem(Problem problem, String sentence) {
        if (json) {
            JsonLine.write(out, object -> object.text("problem", problem.name()).text("sentence", sentence));
            out.flush();
        } else {
            out.flush();
            err.println("strongroom: " + sentence);
        }
    }

    /// Says something beside the result, to people only.
    void note(String sentence) {
        if (!json) {
            err.println(sentence);
        }
    }

    /// @return the PIN; the caller fills it with zeros
    char[] pin(boolean fromStandardInput, String prompt) throws ClientException {
        if (fromStandardInput) {
            return line();
        }
        char @Nullable [] typed = Optional.ofNullable(System.console())
                .map(console -> console.readPassword("%s: ", prompt))
                .orElse(null);
        if (typed == null) {
            throw new ClientException(
                    Problem.USAGE, "There is no terminal to ask for the PIN. Give it as first line with --pin-stdin.");
        }
        return typed;
    }

    /// A recovery code, which is long and stood on this screen a moment ago, or stands on a sheet: shown as it
    /// is typed.
    ///
    /// @return empty if nothing comes any more; the caller fills it with zeros
    char[] code(boolean fromStandardInput, String prompt) throws ClientException {
        if (!fromStandardInput) {
            err.print(prompt + ": ");
            err.flush();
        }
        return line();
    }

    private char[] line() throws ClientException {
        byte[] line = new byte[PIN_LIMIT];
        int length = 0;
        try {
            // Byte by byte: what stands behind the PIN belongs to the command.
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (length == PIN_LIMIT) {
                    throw new ClientException(
                            Problem.USAGE, "A line of standard input is too long for a PIN or a code.");
                }
                line[length++] = (byte) next;
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(line, 0, length));
            char[] pin = new char[decoded.remaining()];
            decoded.get(pin);
            Arrays.fill(decoded.array(), '\0');
            return pin;
        } catch (IOException e) {
            throw new ClientException(Problem.IO, "Standard input could not be read.", e);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }
}
