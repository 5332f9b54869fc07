package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;

@Command(name = "rm", description = "Puts a document, or a folder with everything in it, into the trash.")
final class RemoveCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(paramLabel = "DOC", description = "Path in the vault.")
    private String document = "";

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            Entry entry = library.find(document);
            library.remove(entry.id());
            if (terminal.json()) {
                JsonLine.write(
                        terminal.out(),
                        object -> object.text("removed", entry.id().toString()));
            } else {
                terminal.out().println("Removed: " + document);
            }
            return 0;
        });
    }
}
