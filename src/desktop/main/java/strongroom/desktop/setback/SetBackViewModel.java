package strongroom.desktop.setback;

import java.time.Clock;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.FolderState;
import strongroom.vault.client.Problem;
import strongroom.vault.client.Subscription;
import strongroom.vault.client.VaultClient;

/// Whether the folder of the vault is as it was left, and the word that it is not until somebody takes note of it,
/// over every lock. As long as one unlock. On the thread of the window.
public final class SetBackViewModel implements AutoCloseable {
    private final VaultClient client;
    private final Work work;
    private final Clock clock;
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
    private final Subscription news;

    public SetBackViewModel(VaultClient client, Work work, Clock clock) {
        this.client = client;
        this.work = work;
        this.clock = clock;
        this.news = client.onFolder(now -> work.onUi(() -> show(now)));
    }

    /// The same in a few words.
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// What is to be told; empty if nothing is.
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /// Why it could not be written down that somebody has taken note; empty if that was not so.
    public ReadOnlyStringProperty failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /// The person has taken note.
    public void takeNote() {
        failure.set("");
        work.start(
                client::takeNote,
                () -> show(new FolderState.AsLeft()),
                // The lock screen says why.
                problem -> failure.set(problem.problem() == Problem.LOCKED ? "" : problem.getMessage()));
    }

    @Override
    public void close() {
        news.close();
    }

    private void show(FolderState now) {
        switch (now) {
            case FolderState.NotChecked _, FolderState.AsLeft _ -> {
                title.set("");
                text.set("");
            }
            case FolderState.SetBack(var from) -> {
                title.set(Text.of("setBack.title"));
                text.set(Text.of("setBack.text", Shown.moment(from, clock)));
            }
            case FolderState.CounterLost(var from) -> {
                title.set(Text.of("setBack.lost.title"));
                text.set(Text.of("setBack.lost", Shown.moment(from, clock)));
            }
        }
    }
}
