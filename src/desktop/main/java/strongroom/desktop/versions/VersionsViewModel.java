package strongroom.desktop.versions;

import java.time.Clock;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.EarlierVersion;
import strongroom.vault.client.Entry;
import strongroom.vault.client.History;

/// The earlier versions of one document. On the thread of the window.
public final class VersionsViewModel implements AutoCloseable {
    private final Entry entry;
    private final Work work;
    private final Clock clock;
    private final ObservableList<EarlierVersion> versions = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");

    /// @param work closed with this
    public VersionsViewModel(History history, Entry entry, Work work, Clock clock) {
        this.entry = entry;
        this.work = work;
        this.clock = clock;
        work.start(() -> history.versions(entry.id()), this::show, this::failed);
    }

    /// The document.
    public Entry entry() {
        return entry;
    }

    /// Its earlier versions, the newest first.
    public ObservableList<EarlierVersion> versions() {
        return versions;
    }

    /// While they are being read.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// What went wrong; empty if nothing did.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// For showing moments.
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        work.close();
        versions.clear();
    }

    private void show(List<EarlierVersion> found) {
        busy.set(false);
        versions.setAll(found);
    }

    private void failed(ClientException problem) {
        busy.set(false);
        message.set(problem.getMessage());
    }
}
