package strongroom.vault.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;
import strongroom.vault.client.VaultClient;

@Command(
        name = "batch",
        description = {
            "Reads commands from standard input, a line each, in one unlocked session.",
            "Words are separated by blanks; 'single' and \"double\" quotes keep them together.",
            "Each line is answered before the next is read; the exit code is that of the first failure."
        })
final class BatchCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    /// The verbs a batch has, on the session that is open already.
    @Command(
            name = "",
            subcommands = {
                AddCommand.class,
                ListCommand.class,
                SearchCommand.class,
                CatCommand.class,
                ExportCommand.class,
                MakeFolderCommand.class,
                MoveCommand.class,
                RemoveCommand.class,
                VersionsCommand.class,
                RestoreCommand.class,
                TrashCommand.class,
                FetchCommand.class,
                EvictCommand.class,
                SyncCommand.class,
                VerifyCommand.class,
                DevicesCommand.class,
                ApproveCommand.class
            })
    private record Session(Terminal terminal, VaultClient client, Library library) implements Opened {
        @Override
        public <T> T withClient(ClientUse<T> use) throws ClientException {
            return use.apply(client);
        }

        @Override
        public <T> T withLibrary(LibraryUse<T> use) throws ClientException {
            return use.apply(client, library);
        }
    }

    @Override
    public Integer call() throws ClientException {
        RootCommand parent = Verbs.parent(root);
        Terminal terminal = parent.terminal();
        return parent.withLibrary((client, library) -> run(new Session(terminal, client, library)));
    }

    private static int run(Session session) throws ClientException {
        Terminal terminal = session.terminal();
        int first = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                int exit = execute(session, line);
                terminal.out().flush();
                first = first == 0 ? exit : first;
            }
            return first;
        } catch (IOException e) {
            throw new ClientException(Problem.IO, "Standard input could not be read.", e);
        }
    }

    private static int execute(Session session, String line) {
        try {
            CommandLine commands = Main.commandLine(session, session.terminal());
            return commands.execute(Words.of(line).toArray(String[]::new));
        } catch (ClientException e) {
            session.terminal().problem(e.problem(), e.getMessage());
            return e.problem().exitCode();
        }
    }
}
