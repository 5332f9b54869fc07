package strongroom.vault.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.ImportReport;
import strongroom.vault.client.ImportReport.Skipped;
import strongroom.vault.client.Progress;

@Command(name = "add", description = "Takes files and folders into the vault; what it prints is durable.")
final class AddCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files and folders.")
    private List<Path> sources = List.of();

    @Option(names = "--to", paramLabel = "FOLDER", defaultValue = "", description = "Folder in the vault.")
    private String folder = "";

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            ImportReport report =
                    library.importFrom(sources, library.find(folder).id(), Progress.NONE);
            for (Entry added : report.added()) {
                String path = library.path(added.id());
                if (terminal.json()) {
                    JsonLine.write(terminal.out(), object -> Verbs.entry(object, added, path));
                } else {
                    terminal.out().println(path);
                }
            }
            for (Skipped skipped : report.skipped()) {
                terminal.problem(skipped.problem(), skipped.sentence());
            }
            return report.skipped().isEmpty()
                    ? 0
                    : report.skipped().getFirst().problem().exitCode();
        });
    }
}
