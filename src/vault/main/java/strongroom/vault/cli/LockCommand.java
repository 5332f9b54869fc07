package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.VaultClients;

@Command(name = "lock", description = "Locks the window that has this home open, if there is one.")
final class LockCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Override
    public Integer call() throws ClientException {
        RootCommand parent = Verbs.parent(root);
        Terminal terminal = parent.terminal();
        VaultClients.lock(parent.home(), parent.tpm());
        if (terminal.json()) {
            JsonLine.write(terminal.out(), object -> object.text("state", "locked"));
        } else {
            terminal.out().println("Locked.");
        }
        return 0;
    }
}
