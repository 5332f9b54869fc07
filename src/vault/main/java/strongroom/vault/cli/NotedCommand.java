package strongroom.vault.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.FolderState;

@Command(
        name = "noted",
        description = "Takes note of what was said of the folder, that it was set back, so that it is said no more.")
final class NotedCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParentCommand
    private @Nullable RootCommand root;

    @Override
    public Integer call() throws ClientException {
        RootCommand parent = Verbs.parent(root);
        Terminal terminal = parent.terminal();
        String word = parent.withLibrary((client, library) -> {
            FolderState before = client.awaitFolder(PATIENCE);
            client.takeNote();
            return FolderWord.word(before);
        });
        if (terminal.json()) {
            JsonLine.write(terminal.out(), object -> object.text("noted", word));
        } else {
            terminal.out().println(word.isEmpty() ? "There was nothing to note." : "Noted.");
        }
        return 0;
    }
}
