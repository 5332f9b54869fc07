package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;

@Command(name = "mv", description = "Moves or renames; into TARGET if that is a folder.")
final class MoveCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "Path in the vault.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "A folder, or a new path.")
    private String target = "";

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            Entry entry = library.find(source);
            Entry moved = move(library, entry);
            String shown = library.path(moved.id());
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> Verbs.entry(object, moved, shown));
            } else {
                terminal.out().println(shown);
            }
            return 0;
        });
    }

    private Entry move(Library library, Entry entry) throws ClientException {
        try {
            Entry there = library.find(target);
            if (there.isFolder()) {
                return library.move(entry.id(), there.id(), entry.name());
            }
            throw new ClientException(Problem.NAME_REFUSED, "There is a document at " + target + " already.");
        } catch (ClientException e) {
            if (e.problem() != Problem.NOT_FOUND) {
                throw e;
            }
            VaultPath path = VaultPath.of(target);
            return library.move(entry.id(), library.find(path.parent()).id(), path.name());
        }
    }
}
