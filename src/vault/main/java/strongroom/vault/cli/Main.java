package strongroom.vault.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientLog;
import strongroom.vault.client.Problem;
import strongroom.vault.platform.ProcessHardening;

/// `strongroom`, the command line. Exit codes are those of {@link Problem} and stand in `docs/command-line.md`.
public final class Main {
    private Main() {}

    /// @param args see `strongroom --help`
    public static void main(String[] args) {
        ProcessHardening.apply();
        ClientLog.configure();
        System.exit(run(args));
    }

    /// Runs one command on the standard streams of this process, which goes on. @return the exit code
    public static int run(String... args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int exit = run(new Terminal(System.in, out, err), args);
        out.flush();
        return exit;
    }

    static int run(Terminal terminal, String... args) {
        RootCommand root = new RootCommand(terminal);
        return commandLine(root, terminal).execute(args);
    }

    /// One way to run and to report for the command line itself and for each line of a batch.
    static CommandLine commandLine(Object command, Terminal terminal) {
        CommandLine line = new CommandLine(command);
        line.setExecutionExceptionHandler((failure, commands, parsed) -> report(failure, terminal));
        line.setParameterExceptionHandler((failure, arguments) -> {
            terminal.problem(Problem.USAGE, failure.getMessage() + " Try: strongroom --help");
            return Problem.USAGE.exitCode();
        });
        line.setOut(terminal.outWriter());
        line.setErr(terminal.errWriter());
        return line;
    }

    private static int report(Exception failure, Terminal terminal) throws Exception {
        if (failure instanceof ClientException refused) {
            terminal.problem(refused.problem(), refused.getMessage());
            return refused.problem().exitCode();
        }
        throw failure;
    }
}
