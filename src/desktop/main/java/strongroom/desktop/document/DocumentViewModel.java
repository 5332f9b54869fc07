package strongroom.desktop.document;

import java.util.function.IntConsumer;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Running;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.EarlierVersion;
import strongroom.vault.client.Entry;
import strongroom.vault.client.History;
import strongroom.vault.client.Library;

/// One open document, or an earlier version of one. On the thread of the window.
public final class DocumentViewModel implements AutoCloseable {
    /// The least and the most a document can be magnified.
    public static final double SMALLEST = 0.25;

    /// See {@link #SMALLEST}.
    public static final double LARGEST = 4;

    private static final double STEP = 1.25;
    private static final float DOTS_PER_INCH = 110;

    private final Entry entry;
    private final @Nullable EarlierVersion version;
    private final Work work;
    private final IntConsumer moved;
    private final ReadOnlyObjectWrapper<Content> content = new ReadOnlyObjectWrapper<>(new Content.Loading());
    private final ReadOnlyObjectWrapper<@Nullable Pixels> drawn = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper page = new ReadOnlyIntegerWrapper(0);
    private final ReadOnlyBooleanWrapper drawing = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final DoubleProperty zoom = new SimpleDoubleProperty(1);
    private final int firstLine;
    private @Nullable Running draw;

    /// @param position the line or page to begin with @param moved told when another is looked at
    public DocumentViewModel(Library library, Entry entry, Work work, int position, IntConsumer moved) {
        this(document -> library.channel(document.id()), entry, null, work, position, moved);
    }

    private DocumentViewModel(
            ContentReader.Opening opening,
            Entry entry,
            @Nullable EarlierVersion version,
            Work work,
            int position,
            IntConsumer moved) {
        this.entry = entry;
        this.version = version;
        this.work = work;
        this.moved = moved;
        this.firstLine = position;
        page.set(position);
        zoom.addListener((_, _, _) -> drawPage());
        work.start(() -> new ContentReader(opening, Limits.VIEWER).read(entry), this::show, this::failed);
    }

    /// An earlier version of a document, to look at. @param work closed with this
    public static DocumentViewModel earlier(History history, Entry entry, EarlierVersion version, Work work) {
        var then = new Entry(
                entry.id(),
                entry.parent(),
                entry.kind(),
                entry.name(),
                version.size(),
                version.modified(),
                entry.added(),
                version.number(),
                entry.conflict(),
                version.local());
        return new DocumentViewModel(
                document -> history.channel(document.id(), version.revision()), then, version, work, 0, _ -> {});
    }

    /// What is open, as it was then if it is an earlier version.
    public Entry entry() {
        return entry;
    }

    /// The version that is open; null for the present one.
    public @Nullable EarlierVersion version() {
        return version;
    }

    /// What to call it.
    public String title() {
        String name = Shown.name(entry.name());
        return version == null ? name : Text.of("viewer.version", version.number(), name);
    }

    /// What there is to show.
    public ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /// What the reader should know about what is shown; empty if nothing.
    public ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /// The page of a PDF as drawn last; null before.
    public ReadOnlyObjectProperty<@Nullable Pixels> drawnProperty() {
        return drawn.getReadOnlyProperty();
    }

    /// While a page is being drawn.
    public ReadOnlyBooleanProperty drawingProperty() {
        return drawing.getReadOnlyProperty();
    }

    /// The page looked at, from 0.
    public ReadOnlyIntegerProperty pageProperty() {
        return page.getReadOnlyProperty();
    }

    /// The line to scroll to at first.
    public int firstLine() {
        return firstLine;
    }

    /// The line that is now at the top.
    public void lineAtTop(int line) {
        moved.accept(line);
    }

    /// 1 is natural size.
    public DoubleProperty zoomProperty() {
        return zoom;
    }

    /// One step larger.
    public void zoomIn() {
        zoom.set(Math.min(LARGEST, zoom.get() * STEP));
    }

    /// One step smaller.
    public void zoomOut() {
        zoom.set(Math.max(SMALLEST, zoom.get() / STEP));
    }

    /// Goes to a page; to the nearest one if there is none of that number. @param number from 0
    public void goTo(int number) {
        if (content.get() instanceof Content.Pages(PdfPages pages)) {
            int next = Math.clamp(number, 0, pages.count() - 1);
            if (next != page.get()) {
                page.set(next);
                moved.accept(next);
                drawPage();
            }
        }
    }

    @Override
    public void close() {
        work.close();
        if (content.get() instanceof Content.Pages(PdfPages pages)) {
            pages.close();
        }
        content.set(new Content.Nothing());
        drawn.set(null);
    }

    private void show(Content read) {
        switch (read) {
            case Content.Lines text -> note.set(text.note());
            case Content.Picture picture -> note.set(picture.note());
            case Content.Pages(PdfPages pages) -> page.set(Math.clamp(page.get(), 0, pages.count() - 1));
            case Content.Nothing _, Content.Loading _, Content.NoPreview _, Content.Broken _ -> {}
        }
        content.set(read);
        drawPage();
    }

    private void drawPage() {
        if (!(content.get() instanceof Content.Pages(PdfPages pages))) {
            return;
        }
        if (draw != null) {
            draw.drop();
        }
        int number = page.get();
        float dots = (float) (DOTS_PER_INCH * zoom.get());
        drawing.set(true);
        note.set("");
        draw = work.start(() -> drawNow(pages, number, dots), this::drawn, this::failed);
    }

    private static Drawn drawNow(PdfPages pages, int number, float dots) {
        try {
            return new Drawn(pages.draw(number, dots), "");
        } catch (BrokenDocumentException e) {
            return new Drawn(null, Text.of("viewer.pdf.page", number + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Drawn(null, "");
        }
    }

    private void drawn(Drawn result) {
        drawing.set(false);
        drawn.set(result.pixels);
        note.set(result.note);
    }

    private void failed(ClientException problem) {
        drawing.set(false);
        content.set(new Content.Broken(String.valueOf(problem.getMessage())));
    }

    private record Drawn(@Nullable Pixels pixels, String note) {}
}
