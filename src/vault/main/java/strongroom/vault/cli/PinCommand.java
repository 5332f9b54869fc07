package strongroom.vault.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.UnlockResult;
import strongroom.vault.client.VaultClient;

@Command(
        name = "pin",
        description = "Changes the PIN; with --pin-stdin the first line is the present one, the second the new one.")
final class PinCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Override
    public Integer call() throws ClientException {
        RootCommand parent = Verbs.parent(root);
        Terminal terminal = parent.terminal();
        parent.withClient(client -> change(client, parent));
        if (terminal.json()) {
            JsonLine.write(terminal.out(), object -> object.text("pin", "changed"));
        } else {
            terminal.out().println("The PIN is changed.");
        }
        return 0;
    }

    private static boolean change(VaultClient client, RootCommand parent) throws ClientException {
        char[] present = parent.pin("PIN");
        char[] fresh = {};
        try {
            UnlockResult seen = client.unlock(present.clone());
            boolean needed = seen instanceof UnlockResult.NewPinNeeded;
            if (!needed) {
                Unlocking.open(seen);
            }
            fresh = parent.newPin();
            Unlocking.open(needed ? client.renewPin(present, fresh) : client.changePin(present, fresh));
            return true;
        } finally {
            Arrays.fill(present, '\0');
            Arrays.fill(fresh, '\0');
        }
    }
}
