package strongroom.desktop.picker;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Running;
import strongroom.desktop.work.Work;

/// A folder of the user's disk and what is in it. On the thread of the window; reads in the background, since a
/// network drive may be slow.
final class PathPickerViewModel implements AutoCloseable {
    private static final int MOST = 20_000;

    private final Work work;
    private final boolean foldersOnly;
    private final ReadOnlyObjectWrapper<Path> directory;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private final BooleanProperty hidden = new SimpleBooleanProperty(false);
    private final ObservableList<PathRow> rows = FXCollections.observableArrayList();
    private List<PathRow> all = List.of();
    private @Nullable Running reading;

    /// @param work closed with this @param foldersOnly whether files are left out
    PathPickerViewModel(Work work, Path start, boolean foldersOnly) {
        this.work = work;
        this.foldersOnly = foldersOnly;
        this.directory = new ReadOnlyObjectWrapper<>(start);
        hidden.addListener((_, _, _) -> fill());
        open(start);
    }

    /// Goes to a folder.
    void open(Path wanted) {
        if (reading != null) {
            reading.drop();
        }
        message.set("");
        busy.set(true);
        reading = work.start(() -> read(wanted), this::show, problem -> {
            message.set(problem.getMessage());
            busy.set(false);
        });
    }

    /// Goes to what was typed.
    void type(String typed) {
        try {
            Path path = Path.of(typed.strip());
            open(path.isAbsolute() ? path : directory.get().resolve(path));
        } catch (InvalidPathException e) {
            message.set(Text.of("picker.noSuch", Shown.name(typed)));
        }
    }

    /// Goes to the folder around this one.
    void up() {
        Path parent = directory.get().getParent();
        if (parent != null) {
            open(parent);
        }
    }

    ReadOnlyObjectProperty<Path> directoryProperty() {
        return directory.getReadOnlyProperty();
    }

    /// While a folder is being read: {@link #directoryProperty()} is not yet where the user goes.
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    BooleanProperty hiddenProperty() {
        return hidden;
    }

    ObservableList<PathRow> rows() {
        return rows;
    }

    @Override
    public void close() {
        work.close();
    }

    private Listing read(Path wanted) {
        Path folder = wanted.normalize();
        List<PathRow> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path path : entries) {
                if (found.size() < MOST) {
                    add(found, path);
                }
            }
            return new Listing(folder, found, "");
        } catch (IOException | DirectoryIteratorException e) {
            return new Listing(null, List.of(), Text.of("picker.noSuch", Shown.name(folder.toString())));
        }
    }

    private void add(List<PathRow> found, Path path) {
        try {
            BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
            if (is.isDirectory() || !foldersOnly && is.isRegularFile()) {
                found.add(new PathRow(
                        path,
                        is.isDirectory(),
                        is.isDirectory() ? 0 : is.size(),
                        is.lastModifiedTime().toInstant()));
            }
        } catch (IOException e) {
            // A link to nowhere, or gone since: there is nothing to choose.
            return;
        }
    }

    private void show(Listing listing) {
        message.set(listing.message);
        if (listing.folder != null) {
            directory.set(listing.folder);
            all = listing.rows;
            fill();
        }
        busy.set(false);
    }

    private void fill() {
        Comparator<PathRow> foldersFirst = Comparator.comparing(row -> !row.folder());
        rows.setAll(all.stream()
                .filter(row -> hidden.get() || !row.hidden())
                .sorted(foldersFirst.thenComparing(PathRow::name, String.CASE_INSENSITIVE_ORDER))
                .toList());
    }

    private record Listing(@Nullable Path folder, List<PathRow> rows, String message) {}
}
