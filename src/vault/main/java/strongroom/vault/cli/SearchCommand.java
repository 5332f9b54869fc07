package strongroom.vault.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;
import strongroom.vault.client.SearchHit;

@Command(
        name = "search",
        description = {
            "Finds documents and folders by the words in their names and texts.",
            "All words must be there; the last one may be only begun; \"words in quotes\" stand in that order."
        })
final class SearchCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(arity = "1..*", paramLabel = "WORD", description = "What to look for.")
    private List<String> words = List.of();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "Most hits (default: 50).")
    private int limit = 50;

    @Override
    public Integer call() throws ClientException {
        if (limit < 1) {
            throw new ClientException(Problem.USAGE, "--limit wants a number from 1.");
        }
        Opened opened = Verbs.parent(parent);
        return opened.withLibrary((client, library) -> {
            find(opened.terminal(), library);
            return 0;
        });
    }

    private void find(Terminal terminal, Library library) throws ClientException {
        library.search().catchUp(new Announced(terminal)::at);
        // Words that came in one argument were in quotes for the shell.
        String typed = String.join(
                " ",
                words.stream()
                        .map(word -> word.contains(" ") && !word.contains("\"") ? "\"" + word + "\"" : word)
                        .toList());
        for (SearchHit hit : library.search().find(typed, limit).hits()) {
            String path = library.path(hit.entry().id());
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> {
                    Verbs.entry(object, hit.entry(), path);
                    object.text("folder", hit.folder())
                            .text("snippet", hit.snippet())
                            .list("marks", hit.marks(), (item, mark) -> item.number("from", mark.from())
                                    .number("to", mark.to()));
                });
            } else {
                terminal.out().println(path + (hit.entry().isFolder() ? "/" : ""));
                if (!hit.snippet().isEmpty()) {
                    terminal.out().println("    " + hit.snippet());
                }
            }
        }
    }

    /// Says once that there is something to wait for.
    private static final class Announced {
        private static final int WORTH_SAYING = 500;

        private final Terminal terminal;
        private boolean said;

        Announced(Terminal terminal) {
            this.terminal = terminal;
        }

        void at(long done, long total, long doneBytes, long totalBytes) {
            if (!said && total - done > WORTH_SAYING) {
                said = true;
                terminal.note("Reading " + (total - done) + " documents for the search…");
            }
        }
    }
}
