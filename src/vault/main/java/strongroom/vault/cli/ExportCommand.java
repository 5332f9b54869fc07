package strongroom.vault.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Progress;

@Command(name = "export", description = "Writes a document or a folder to this machine's disk, in clear.")
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(paramLabel = "DOC", description = "Path in the vault.")
    private String document = "";

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "An existing directory.")
    private Path directory = Path.of("");

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            int written = library.export(library.find(document).id(), directory, Progress.NONE);
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> object.number("exported", written));
            } else {
                terminal.out().println("Documents written in clear: " + written);
            }
            return 0;
        });
    }
}
