package strongroom.vault.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.History;
import strongroom.vault.client.Problem;
import strongroom.vault.client.TrashedEntry;

@Command(
        name = "trash",
        description = {
            "Lists what was removed, the newest first; or brings something back, or destroys it for good.",
            "ENTRY is a name, if only one entry of the trash has it, or the beginning of an id."
        })
final class TrashCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @ArgGroup
    private @Nullable What what;

    private static final class What {
        @Option(names = "--restore", paramLabel = "ENTRY", description = "Bring it back to where it was.")
        private @Nullable String restored;

        @Option(names = "--purge", paramLabel = "ENTRY", description = "Destroy it for good.")
        private @Nullable String purged;

        @Option(names = "--empty", description = "Destroy everything in the trash for good.")
        private boolean empty;
    }

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        return opened.withLibrary((client, library) -> {
            run(opened.terminal(), library.history());
            return 0;
        });
    }

    private void run(Terminal terminal, History history) throws ClientException {
        List<TrashedEntry> trash = history.trash();
        if (what == null) {
            trash.forEach(entry -> show(terminal, entry));
            if (trash.isEmpty()) {
                terminal.note("The trash is empty.");
            }
        } else if (what.restored != null) {
            TrashedEntry entry = find(trash, what.restored);
            history.restore(entry.id());
            say(terminal, "restored", "Restored: ", entry);
        } else if (what.purged != null) {
            TrashedEntry entry = find(trash, what.purged);
            history.purge(entry.id());
            say(terminal, "purged", "Destroyed: ", entry);
        } else if (what.empty) {
            history.emptyTrash();
            trash.forEach(entry -> say(terminal, "purged", "Destroyed: ", entry));
        }
    }

    private static TrashedEntry find(List<TrashedEntry> trash, String wanted) throws ClientException {
        List<TrashedEntry> found = trash.stream()
                .filter(entry ->
                        entry.name().equals(wanted) || entry.id().toString().startsWith(wanted))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw found.isEmpty()
                ? new ClientException(Problem.NOT_FOUND, "There is nothing of that name in the trash.")
                : new ClientException(
                        Problem.USAGE,
                        "That fits " + found.size() + " entries of the trash. Use the id, which --json shows.");
    }

    private static void say(Terminal terminal, String key, String word, TrashedEntry entry) {
        if (terminal.json()) {
            JsonLine.write(terminal.out(), object -> object.text(key, entry.id().toString()));
        } else {
            terminal.out().println(word + path(entry));
        }
    }

    private static String path(TrashedEntry entry) {
        return entry.from().isEmpty() ? entry.name() : entry.from() + "/" + entry.name();
    }

    private static void show(Terminal terminal, TrashedEntry entry) {
        if (terminal.json()) {
            JsonLine.write(
                    terminal.out(), object -> object.text("id", entry.id().toString())
                            .text("path", path(entry))
                            .text("kind", entry.folder() ? "folder" : "document")
                            .text("removed", entry.when().toString())
                            .number("documents", entry.documents())
                            .number("size", entry.size()));
        } else {
            terminal.out()
                    .printf(
                            "%12d  %s  %s  %s%s%n",
                            entry.size(),
                            Verbs.MINUTE.format(entry.when()),
                            entry.id().toString().substring(0, 8),
                            path(entry),
                            entry.folder() ? "/" : "");
        }
    }
}
