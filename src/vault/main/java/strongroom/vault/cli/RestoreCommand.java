package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;

@Command(
        name = "restore",
        description = "Makes an earlier version of a document the present one; what is there now is kept, too.")
final class RestoreCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(paramLabel = "DOC", description = "Path in the vault.")
    private String document = "";

    @Option(names = "--version", required = true, paramLabel = "N", description = "Its number, as versions lists it.")
    private int number;

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            Entry entry = library.find(document);
            library.history()
                    .restoreVersion(
                            entry.id(),
                            Verbs.version(library.history(), entry, number).revision());
            Entry restored = library.entry(entry.id());
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> Verbs.entry(object, restored, document));
            } else {
                terminal.out().println("Restored: " + document + ", now version " + restored.version());
            }
            return 0;
        });
    }
}
