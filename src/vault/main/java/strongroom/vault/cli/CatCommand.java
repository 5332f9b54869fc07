package strongroom.vault.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.History;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;

@Command(name = "cat", description = "Writes a document to standard output, in clear.")
final class CatCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(paramLabel = "DOC", description = "Path in the vault.")
    private String document = "";

    @Option(names = "--version", paramLabel = "N", description = "An earlier version, as versions lists it.")
    private @Nullable Integer number;

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        return opened.withLibrary((client, library) -> {
            try (InputStream content = content(library)) {
                content.transferTo(opened.terminal().out());
            } catch (IOException e) {
                throw new ClientException(
                        Problem.STORE_DAMAGED, "The document could not be read to its end: " + e.getMessage(), e);
            }
            return 0;
        });
    }

    private InputStream content(Library library) throws ClientException {
        Entry entry = library.find(document);
        if (number == null || number == entry.version()) {
            return library.open(entry.id());
        }
        History history = library.history();
        return history.open(entry.id(), Verbs.version(history, entry, number).revision());
    }
}
