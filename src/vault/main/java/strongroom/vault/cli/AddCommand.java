package strongroom.vault.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;
import strongroom.vault.client.Progress;

@Command(name = "add", description = "Takes files and folders into the vault; what it prints is durable.")
final class AddCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files and folders.")
    private List<Path> sources = List.of();

    @Option(names = "--to", paramLabel = "FOLDER", defaultValue = "", description = "Folder in the vault.")
    private String folder = "";

    @Option(
            names = "--replace",
            description =
                    "A file whose name is taken becomes the next version of that document, instead of getting a number.")
    private boolean replace;

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        if (replace) {
            return opened.withLibrary((client, library) -> {
                for (Path source : sources) {
                    show(terminal, library, save(library, source));
                }
                return 0;
            });
        }
        return opened.withLibrary((client, library) -> {
            ImportReport report =
                    library.importFrom(sources, library.find(folder).id(), Progress.NONE);
            for (Entry added : report.added()) {
                show(terminal, library, added);
            }
            for (Skipped skipped : report.skipped()) {
                terminal.problem(skipped.problem(), skipped.sentence());
            }
            return report.skipped().isEmpty()
                    ? 0
                    : report.skipped().getFirst().problem().exitCode();
        });
    }

    private static void show(Terminal terminal, Library library, Entry added) throws ClientException {
        String path = library.path(added.id());
        if (terminal.json()) {
            JsonLine.write(terminal.out(), object -> Verbs.entry(object, added, path));
        } else {
            terminal.out().println(path);
        }
    }

    private Entry save(Library library, Path source) throws ClientException {
        Path name = source.toAbsolutePath().normalize().getFileName();
        // A FIFO would hang us, a link lead elsewhere.
        if (name == null || !Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            throw new ClientException(
                    Problem.SOURCE_UNREADABLE, "--replace takes files; " + source + " is none, or is gone.");
        }
        try (InputStream content = Files.newInputStream(source)) {
            return library.save(library.find(folder).id(), name.toString(), content, Files.size(source));
        } catch (IOException e) {
            throw new ClientException(Problem.SOURCE_UNREADABLE, source + " is gone or cannot be read.", e);
        }
    }
}
