package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Progress;

@Command(
        name = "fetch",
        description = "Brings a document, or all in a folder, onto this device; with --keep it stays here.")
final class FetchCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(paramLabel = "DOC", description = "Path in the vault.")
    private String document = "";

    @Option(names = "--keep", description = "And keep it here, with whatever comes into the folder.")
    private boolean keep;

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            var entry = library.find(document);
            if (keep) {
                library.availability().keep(entry.id(), true);
            }
            library.availability().fetch(entry.id(), Progress.NONE);
            if (terminal.json()) {
                JsonLine.write(
                        terminal.out(),
                        object -> object.text("fetched", entry.id().toString()).truth("kept", keep));
            } else {
                terminal.out().println("On this device: " + document + (keep ? ", and kept here" : ""));
            }
            return 0;
        });
    }
}
