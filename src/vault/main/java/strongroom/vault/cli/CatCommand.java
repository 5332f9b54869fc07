package strongroom.vault.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;

@Command(name = "cat", description = "Writes a document to standard output, in clear.")
final class CatCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(paramLabel = "DOC", description = "Path in the vault.")
    private String document = "";

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        return opened.withLibrary((client, library) -> {
            try (InputStream content = library.open(library.find(document).id())) {
                content.transferTo(opened.terminal().out());
            } catch (IOException e) {
                throw new ClientException(
                        Problem.STORE_DAMAGED, "The document could not be read to its end: " + e.getMessage(), e);
            }
            return 0;
        });
    }
}
