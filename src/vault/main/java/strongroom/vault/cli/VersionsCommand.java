package strongroom.vault.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.EarlierVersion;

@Command(name = "versions", description = "Lists what a document was before, the newest first.")
final class VersionsCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(paramLabel = "DOC", description = "Path in the vault.")
    private String document = "";

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        return opened.withLibrary((client, library) -> {
            List<EarlierVersion> versions =
                    library.history().versions(library.find(document).id());
            versions.forEach(version -> show(opened.terminal(), version));
            if (versions.isEmpty()) {
                opened.terminal().note("There are no earlier versions of it.");
            }
            return 0;
        });
    }

    private static void show(Terminal terminal, EarlierVersion version) {
        if (terminal.json()) {
            JsonLine.write(terminal.out(), object -> object.number("version", version.number())
                    .number("size", version.size())
                    .text("modified", version.modified().toString())
                    .text("replaced", version.replaced().toString())
                    .truth("local", version.local()));
        } else {
            terminal.out()
                    .printf(
                            "version %-4d %12d  %s  until %s%n",
                            version.number(),
                            version.size(),
                            Verbs.MINUTE.format(version.modified()),
                            Verbs.MINUTE.format(version.replaced()));
        }
    }
}
