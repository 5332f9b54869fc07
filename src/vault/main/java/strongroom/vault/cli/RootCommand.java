package strongroom.vault.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.FolderState;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;
import strongroom.vault.client.VaultClient;
import strongroom.vault.client.VaultClients;
import strongroom.vault.platform.Product;

/// The options that every verb shares, and how a verb gets at an open library.
@Command(
        name = "strongroom",
        description = "Keeps documents encrypted on this machine and in step with the organisation's server.",
        version = "strongroom " + Product.VERSION,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            EnrolCommand.class,
            StatusCommand.class,
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
            LockCommand.class,
            PinCommand.class,
            RecoveryCommand.class,
            SealCommand.class,
            NotedCommand.class,
            DevicesCommand.class,
            ApproveCommand.class,
            BatchCommand.class
        })
final class RootCommand implements Callable<Integer>, Opened {
    private static final Duration AT_THE_END = Duration.ofSeconds(10);

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of this client (default: the platform's place for application data).")
    private @Nullable Path home;

    @Option(
            names = "--tpm",
            paramLabel = "ADDRESS",
            defaultValue = "auto",
            scope = ScopeType.INHERIT,
            description = "swtpm:unix:PATH, swtpm:tcp:HOST:PORT, device:/dev/tpmrm0, none, or auto.")
    private String tpm = "auto";

    @Option(
            names = "--pin-stdin",
            scope = ScopeType.INHERIT,
            description = "Read the PIN from the first line of standard input.")
    private boolean pinStdin;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer with one JSON object a line.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private final Terminal terminal;

    RootCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    @Override
    public Terminal terminal() {
        terminal.json(json);
        return terminal;
    }

    Path home() {
        return home == null ? VaultClients.defaultHome() : home;
    }

    String tpm() {
        return tpm;
    }

    char[] pin(String prompt) throws ClientException {
        return terminal.pin(pinStdin, prompt);
    }

    boolean pinFromStandardInput() {
        return pinStdin;
    }

    /// A new PIN; who types it is asked twice.
    char[] newPin() throws ClientException {
        char[] fresh = pin("New PIN");
        if (!pinStdin && !isRepeated(fresh)) {
            throw new ClientException(Problem.PIN_REFUSED, "The two PINs are not the same. Nothing was changed.");
        }
        return fresh;
    }

    private boolean isRepeated(char[] fresh) throws ClientException {
        char[] again = {};
        boolean same = false;
        try {
            again = pin("New PIN again");
            same = Arrays.equals(fresh, again);
            return same;
        } finally {
            Arrays.fill(again, '\0');
            if (!same) {
                Arrays.fill(fresh, '\0');
            }
        }
    }

    @Override
    public <T> T withClient(ClientUse<T> use) throws ClientException {
        try (VaultClient client = VaultClients.open(home(), tpm)) {
            client.onFolder(this::say);
            try {
                return use.apply(client);
            } finally {
                // The window goes on; a command would end before what it changed is counted.
                client.awaitFolder(AT_THE_END);
            }
        }
    }

    private void say(FolderState state) {
        String sentence = FolderWord.sentence(state);
        if (!sentence.isEmpty()) {
            terminal().note(sentence);
        }
    }

    @Override
    public <T> T withLibrary(LibraryUse<T> use) throws ClientException {
        return withClient(client -> {
            Library library = Unlocking.open(client, pin("PIN"));
            return use.apply(client, library);
        });
    }
}
