package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.Availability;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;

@Command(
        name = "evict",
        description = {
            "Makes documents online-only: they stay listed, take no room here, and are fetched when they are opened.",
            "What was not sent to the server yet stays."
        })
final class EvictCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    private static final class What {
        @Parameters(paramLabel = "DOC", description = "A document, or all in a folder; ends --keep for it, too.")
        private @Nullable String document;

        @Option(names = "--unused-for", paramLabel = "DAYS", description = "What was not opened for so many days.")
        private @Nullable Integer days;
    }

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            long freed = evict(library);
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> object.number("freed", freed));
            } else {
                terminal.out().println("Bytes freed on this device: " + freed);
            }
            return 0;
        });
    }

    private long evict(Library library) throws ClientException {
        Availability availability = library.availability();
        if (what.days != null) {
            if (what.days < 0) {
                throw new ClientException(Problem.USAGE, "--unused-for wants a number of days from 0.");
            }
            return availability.evictUnused(what.days);
        }
        var entry = library.find(what.document == null ? "" : what.document);
        availability.keep(entry.id(), false);
        return availability.evict(entry.id());
    }
}
