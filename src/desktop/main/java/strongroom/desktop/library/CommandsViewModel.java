package strongroom.desktop.library;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import strongroom.desktop.pin.PinAgainViewModel;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.protocol.Id;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.EarlierVersion;
import strongroom.vault.client.Entry;
import strongroom.vault.client.ImportReport;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;

/// What a user can do with documents and folders: each runs in the background and ends in a notice. On the thread
/// of the window.
public final class CommandsViewModel {
    private static final Duration NOTICE_STAYS = Duration.ofSeconds(7);
    /// Long enough to see a mistake, find the button, and press it.
    private static final Duration OFFER_STAYS = Duration.ofSeconds(15);

    private static final Set<Problem> NOTHING_TO_SAY = Set.of(Problem.LOCKED);

    private final Library library;
    private final Work work;
    private final PinAgainViewModel pinAgain;
    private final ListingViewModel listing;
    private final ObservableList<JobViewModel> jobs = FXCollections.observableArrayList();
    private final ObservableList<Notice> notices = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper kept = new ReadOnlyBooleanWrapper(false);

    CommandsViewModel(Library library, Work work, Place place, PinAgainViewModel pinAgain) {
        this.library = library;
        this.work = work;
        this.pinAgain = pinAgain;
        this.listing = new ListingViewModel(library, work, place, this::tell);
        listing.selection().addListener((ListChangeListener<Entry>) _ -> {
            kept.set(false);
            askWhetherKept();
        });
    }

    ListingViewModel listing() {
        return listing;
    }

    /// Long calls under way.
    public ObservableList<JobViewModel> jobs() {
        return jobs;
    }

    /// Messages that are on the screen.
    public ObservableList<Notice> notices() {
        return notices;
    }

    /// Takes a message off the screen.
    public void dismiss(Notice notice) {
        notices.remove(notice);
    }

    /// Takes files and folders into a folder of the vault.
    public void importFrom(List<Path> sources, Id folder) {
        if (sources.isEmpty() || !listing.readyProperty().get()) {
            return;
        }
        JobViewModel job = begin(Text.of("job.import"));
        job.runs(work.start(
                () -> library.importFrom(sources, folder, job.progress()),
                report -> imported(job, report, folder),
                problem -> ended(job, problem, Text.of("import.stopped", 0))));
    }

    /// Writes entries in clear to a directory of the user's disk. The user was warned.
    public void export(List<Entry> entries, Path directory) {
        JobViewModel job = begin(Text.of("job.export"));
        job.runs(work.start(
                () -> exportAll(entries, directory, job),
                count -> {
                    jobs.remove(job);
                    say(Notice.done(Text.of("export.done", count, Shown.name(directory.toString()))));
                },
                problem -> {
                    if (pinAgain.asks(problem, () -> export(entries, directory))) {
                        jobs.remove(job);
                    } else {
                        ended(job, problem, Text.of("export.stopped"));
                    }
                }));
    }

    /// Makes a folder in the folder shown.
    public void makeFolder(String name) {
        Id parent = listing.folder();
        work.start(() -> library.makeFolder(parent, name), this::reveal, this::tell);
    }

    /// Gives an entry another name.
    public void rename(Entry entry, String name) {
        if (!name.equals(entry.name())) {
            work.start(() -> library.move(entry.id(), entry.parent(), name), this::reveal, this::tell);
        }
    }

    /// Moves entries to another folder.
    public void move(List<Entry> entries, Id target) {
        List<Entry> moving =
                entries.stream().filter(entry -> !entry.parent().equals(target)).toList();
        work.start(
                () -> {
                    for (Entry entry : moving) {
                        library.move(entry.id(), target, entry.name());
                    }
                },
                () -> {
                    listing.refresh();
                    say(Notice.done(Text.of("move.done", moving.size())));
                },
                this::tellAndRefresh);
    }

    /// Puts entries into the trash, and offers to bring them back. The user has confirmed.
    public void remove(List<Entry> entries) {
        work.start(
                () -> {
                    for (Entry entry : entries) {
                        library.remove(entry.id());
                    }
                },
                () -> {
                    listing.refresh();
                    String name = Shown.name(entries.getFirst().name());
                    String text = Text.of("remove.done", entries.size(), name);
                    say(Notice.done(text, new Notice.Offer(Text.of("undo"), () -> bringBack(entries))));
                },
                this::tellAndRefresh);
    }

    /// Whether the one selected entry, or a folder that it is in, stays on this device.
    public ReadOnlyBooleanProperty keptProperty() {
        return kept.getReadOnlyProperty();
    }

    private void askWhetherKept() {
        if (listing.selection().size() == 1) {
            Id selected = listing.selection().getFirst().id();
            work.start(
                    () -> library.availability().isKept(selected),
                    stays -> {
                        // Somebody runs down the list faster than the answers come.
                        if (listing.selection().size() == 1
                                && listing.selection().getFirst().id().equals(selected)) {
                            kept.set(stays);
                        }
                    },
                    _ -> {});
        }
    }

    /// Entries, with what is or comes into them, stay on this device; what is missing is fetched.
    public void keep(List<Entry> entries) {
        JobViewModel job = begin(Text.of("job.fetch"));
        job.runs(work.start(
                () -> {
                    for (Entry entry : entries) {
                        library.availability().keep(entry.id(), true);
                    }
                    for (Entry entry : entries) {
                        library.availability().fetch(entry.id(), job.progress());
                    }
                },
                () -> {
                    jobs.remove(job);
                    listing.refresh();
                    askWhetherKept();
                    String name = Shown.name(entries.getFirst().name());
                    say(Notice.done(Text.of("keep.done", entries.size(), name)));
                },
                problem -> {
                    ended(job, problem, Text.of("keep.stopped"));
                    askWhetherKept();
                }));
    }

    /// Takes entries off this device; they stay in the list, and come when they are opened.
    public void makeOnlineOnly(List<Entry> entries) {
        work.start(
                () -> {
                    long freed = 0;
                    for (Entry entry : entries) {
                        library.availability().keep(entry.id(), false);
                        freed += library.availability().evict(entry.id());
                    }
                    return freed;
                },
                freed -> {
                    listing.refresh();
                    askWhetherKept();
                    String done = freed > 0
                            ? Text.of(
                                    "evict.done",
                                    entries.size(),
                                    Shown.name(entries.getFirst().name()),
                                    Shown.size(freed))
                            : Text.of("evict.nothing");
                    say(Notice.done(done));
                },
                this::tellAndRefresh);
    }

    /// Makes an earlier version of a document the present one; what is there now is kept as an earlier one.
    public void restoreVersion(Entry entry, EarlierVersion version) {
        work.start(
                () -> library.history().restoreVersion(entry.id(), version.revision()),
                () -> {
                    listing.refresh();
                    say(Notice.done(Text.of("versions.restored", version.number(), Shown.name(entry.name()))));
                },
                this::tellAndRefresh);
    }

    /// Does what the latest message offers, if any does.
    public void undo() {
        notices.reversed().stream()
                .filter(notice -> notice.offer() != null)
                .findFirst()
                .ifPresent(this::accept);
    }

    /// Does what a message offers, and takes it off the screen.
    public void accept(Notice notice) {
        Notice.Offer offer = notice.offer();
        if (offer != null && notices.remove(notice)) {
            offer.action().run();
        }
    }

    /// Says why something was not done.
    public void tell(ClientException problem) {
        if (!NOTHING_TO_SAY.contains(problem.problem())) {
            say(Notice.failed(String.valueOf(problem.getMessage())));
        }
    }

    void say(Notice notice) {
        notices.add(notice);
        if (notice.tone() == Notice.Tone.DONE) {
            work.after(notice.offer() == null ? NOTICE_STAYS : OFFER_STAYS, () -> notices.remove(notice));
        }
    }

    private void bringBack(List<Entry> entries) {
        List<Id> ids = entries.stream().map(Entry::id).toList();
        work.start(
                () -> {
                    for (Id id : ids) {
                        library.history().restore(id);
                    }
                },
                () -> {
                    listing.refreshSelecting(ids);
                    String name = Shown.name(entries.getFirst().name());
                    say(Notice.done(Text.of("trash.restored", ids.size(), name)));
                },
                this::tellAndRefresh);
    }

    private int exportAll(List<Entry> entries, Path directory, JobViewModel job) throws ClientException {
        int count = 0;
        for (Entry entry : entries) {
            count += library.export(entry.id(), directory, job.progress());
        }
        return count;
    }

    private JobViewModel begin(String title) {
        var job = new JobViewModel(work, title);
        jobs.add(job);
        return job;
    }

    private void imported(JobViewModel job, ImportReport report, Id folder) {
        jobs.remove(job);
        List<String> skipped = report.skipped().stream()
                .map(one -> Text.of("import.skipped.line", Shown.name(one.source()), one.sentence()))
                .toList();
        if (job.stoppingProperty().get()) {
            say(Notice.done(Text.of("import.stopped", report.added().size())));
        } else if (skipped.isEmpty()) {
            say(Notice.done(Text.of("import.done", report.added().size())));
        } else {
            String text = Text.of("import.partly", report.added().size(), skipped.size());
            say(Notice.partly(text, skipped));
        }
        listing.refreshOffering(report.added().stream()
                .filter(entry -> entry.parent().equals(folder))
                .map(Entry::id)
                .toList());
    }

    private void ended(JobViewModel job, ClientException problem, String stopped) {
        jobs.remove(job);
        if (problem.problem() == Problem.CANCELLED) {
            say(Notice.done(stopped));
        } else {
            tell(problem);
        }
        listing.refresh();
    }

    private void reveal(Entry entry) {
        listing.refreshSelecting(List.of(entry.id()));
    }

    private void tellAndRefresh(ClientException problem) {
        tell(problem);
        listing.refresh();
    }
}
