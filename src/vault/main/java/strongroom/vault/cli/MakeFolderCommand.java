package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;

@Command(name = "mkdir", description = "Makes a folder in the vault.")
final class MakeFolderCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(paramLabel = "FOLDER", description = "Path in the vault.")
    private String folder = "";

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            VaultPath path = VaultPath.of(folder);
            Entry made = library.makeFolder(library.find(path.parent()).id(), path.name());
            String shown = library.path(made.id());
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> Verbs.entry(object, made, shown));
            } else {
                terminal.out().println(shown);
            }
            return 0;
        });
    }
}
