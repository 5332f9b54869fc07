package strongroom.desktop.library;

import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Running;
import strongroom.desktop.work.Work;
import strongroom.vault.client.Progress;

/// A long call, such as an import: how far it is, and a way to stop it. On the thread of the window, except for
/// {@link #progress()}.
public final class JobViewModel {
    private final Work work;
    private final String title;
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyStringWrapper detail = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper stopping = new ReadOnlyBooleanWrapper(false);
    private final AtomicReference<@Nullable Step> latest = new AtomicReference<>();
    private @Nullable Running running;

    JobViewModel(Work work, String title) {
        this.work = work;
        this.title = title;
        detail.set(Text.of("job.preparing"));
    }

    void runs(Running call) {
        running = call;
    }

    /// Stops at the next chunk; what was finished stays.
    public void stop() {
        stopping.set(true);
        detail.set(Text.of("job.stopping"));
        if (running != null) {
            running.stop();
        }
    }

    /// What it does.
    public String title() {
        return title;
    }

    /// From 0 to 1, or -1 while the things to do are being counted.
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    /// How far it is, in words.
    public ReadOnlyStringProperty detailProperty() {
        return detail.getReadOnlyProperty();
    }

    /// Whether it was asked to stop.
    public ReadOnlyBooleanProperty stoppingProperty() {
        return stopping.getReadOnlyProperty();
    }

    /// Takes the progress of the call on the call's thread. However often it comes, the window is told once per
    /// frame at most.
    Progress progress() {
        return (done, total, doneBytes, totalBytes) -> {
            if (latest.getAndSet(new Step(done, total, doneBytes, totalBytes)) == null) {
                work.onUi(this::show);
            }
        };
    }

    private void show() {
        Step step = latest.getAndSet(null);
        if (step == null || stopping.get()) {
            return;
        }
        if (step.total < 0) {
            fraction.set(-1);
            detail.set(Text.of("job.counting", step.done));
            return;
        }
        fraction.set(
                step.totalBytes > 0
                        ? (double) step.doneBytes / step.totalBytes
                        : step.total > 0 ? (double) step.done / step.total : -1);
        detail.set(
                step.totalBytes > 0
                        ? Text.of(
                                "job.ofBytes",
                                step.done,
                                step.total,
                                Shown.size(step.doneBytes),
                                Shown.size(step.totalBytes))
                        : Text.of("job.of", step.done, step.total));
    }

    private record Step(long done, long total, long doneBytes, long totalBytes) {}
}
