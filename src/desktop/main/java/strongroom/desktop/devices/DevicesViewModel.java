package strongroom.desktop.devices;

import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.DeviceInfo;
import strongroom.vault.client.Library;

/// The devices of this person. On the thread of the window.
public final class DevicesViewModel implements AutoCloseable {
    private final Library library;
    private final Work work;
    private final ObservableList<DeviceInfo> devices = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper done = new ReadOnlyStringWrapper("");

    /// @param work closed with this
    public DevicesViewModel(Library library, Work work) {
        this.library = library;
        this.work = work;
        load();
    }

    /// The devices: those that wait first, then this one, then the others.
    public ObservableList<DeviceInfo> devices() {
        return devices;
    }

    /// While the server is asked.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// What went wrong; empty if nothing did.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// What was done; empty if nothing was.
    public ReadOnlyStringProperty doneProperty() {
        return done.getReadOnlyProperty();
    }

    /// Asks the server again.
    public void load() {
        busy.set(true);
        message.set("");
        work.start(library::devices, this::show, this::failed);
    }

    /// Hands the keys over. The user has compared the digits.
    public void approve(DeviceInfo device) {
        busy.set(true);
        message.set("");
        work.start(
                () -> library.approve(device.id()),
                () -> {
                    done.set(Text.of("devices.approved", Shown.name(device.name())));
                    load();
                },
                this::failed);
    }

    @Override
    public void close() {
        work.close();
    }

    private void show(List<DeviceInfo> found) {
        busy.set(false);
        devices.setAll(found.stream()
                .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
                .toList());
    }

    private void failed(ClientException problem) {
        busy.set(false);
        message.set(problem.getMessage());
    }

    private static int rank(DeviceInfo device) {
        return device.waiting() ? 0 : device.thisOne() ? 1 : 2;
    }
}
