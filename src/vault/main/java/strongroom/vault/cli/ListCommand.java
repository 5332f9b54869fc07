package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.protocol.Id;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Library;

@Command(name = "ls", description = "Lists a folder of the vault.")
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Which one; the topmost if none is named.")
    private String folder = "";

    @Option(names = "-R", description = "And everything below it.")
    private boolean recursive;

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        return opened.withLibrary((client, library) -> {
            list(opened.terminal(), library, library.find(folder).id());
            return 0;
        });
    }

    private void list(Terminal terminal, Library library, Id id) throws ClientException {
        for (Entry entry : library.list(id)) {
            String path = library.path(entry.id());
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> Verbs.entry(object, entry, path));
            } else {
                terminal.out()
                        .printf(
                                "%12s  %s  %s%s%n",
                                entry.isFolder() ? "-" : Long.toString(entry.size()),
                                Verbs.MINUTE.format(entry.modified()),
                                recursive ? path : entry.name(),
                                entry.isFolder() ? "/" : "");
            }
            if (recursive && entry.isFolder()) {
                list(terminal, library, entry.id());
            }
        }
    }
}
