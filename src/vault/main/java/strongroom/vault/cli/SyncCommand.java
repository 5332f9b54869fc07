package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;
import strongroom.vault.client.SyncState;

@Command(name = "sync", description = "Brings this device and the server in step, now.")
final class SyncCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            String said =
                    switch (client.syncNow()) {
                        case SyncState.UpToDate _ -> "Up to date.";
                        case SyncState.Syncing busy ->
                            "Still transferring: " + busy.chunksUp() + " up, " + busy.chunksDown() + " down.";
                        case SyncState.Offline offline -> throw new ClientException(Problem.OFFLINE, offline.why());
                        case SyncState.Denied denied -> throw new ClientException(Problem.CHANNEL_DENIED, denied.why());
                        case SyncState.Unknown _ ->
                            throw new ClientException(
                                    Problem.AGENT_MISSING, "The background agent does not answer. Start it again.");
                    };
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> object.text("sync", said));
            } else {
                terminal.out().println(said);
            }
            return 0;
        });
    }
}
