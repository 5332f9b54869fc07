package strongroom.desktop.library;

import atlantafx.base.theme.Styles;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import strongroom.desktop.text.Text;
import strongroom.desktop.widget.Controls;

/// Long calls at the foot of the screen, each with a way to stop it.
final class JobStrip {
    private final ObservableList<JobViewModel> jobs;
    private final VBox node = Controls.column("jobs");
    private final ListChangeListener<JobViewModel> onJobs = _ -> show();

    JobStrip(ObservableList<JobViewModel> jobs) {
        this.jobs = jobs;
        node.setId("jobs");
    }

    VBox node() {
        return node;
    }

    void attach() {
        jobs.addListener(onJobs);
        show();
    }

    void detach() {
        jobs.removeListener(onJobs);
        node.getChildren().clear();
    }

    private void show() {
        node.getChildren().setAll(jobs.stream().map(this::strip).toList());
    }

    private Node strip(JobViewModel job) {
        int number = jobs.indexOf(job);
        var bar = new ProgressBar();
        bar.setId("job-progress-" + number);
        bar.setAccessibleText(job.title());
        bar.progressProperty().bind(job.fractionProperty());
        bar.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bar, Priority.ALWAYS);
        Button stop = Controls.button("job-stop-" + number, Text.of("job.stop"), Feather.X, job::stop, Styles.SMALL);
        stop.disableProperty().bind(job.stoppingProperty());
        return Controls.row(
                "job",
                Controls.label(job.title(), Styles.TEXT_BOLD),
                bar,
                Controls.live("job-detail-" + number, job.detailProperty(), Styles.TEXT_MUTED, "job-detail"),
                stop);
    }
}
