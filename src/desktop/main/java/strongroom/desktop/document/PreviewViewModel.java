package strongroom.desktop.document;

import java.time.Duration;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Running;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Library;

/// The small preview beside the list: the first lines, the picture, the first page. On the thread of the window.
public final class PreviewViewModel {
    private static final float DOTS_PER_INCH = 36;
    private static final Duration REST = Duration.ofMillis(150);

    private final Library library;
    private final Work work;
    private final ReadOnlyObjectWrapper<Content> content = new ReadOnlyObjectWrapper<>(new Content.Nothing());
    private @Nullable Entry wanted;
    private @Nullable Running loading;

    public PreviewViewModel(Library library, Work work) {
        this.library = library;
        this.work = work;
    }

    /// What there is to show.
    public ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /// Shows a document, or nothing. Content that is not on this device is not fetched for a preview.
    public void show(@Nullable Entry entry) {
        if (wanted != null && entry != null && wanted.equals(entry)) {
            return;
        }
        wanted = entry;
        if (loading != null) {
            loading.drop();
            loading = null;
        }
        if (entry == null || entry.isFolder()) {
            content.set(new Content.Nothing());
        } else if (!entry.local()) {
            content.set(new Content.NoPreview(Text.of("viewer.notLocal")));
        } else {
            content.set(new Content.Loading());
            // Who runs down the list with an arrow key does not want every document decoded.
            work.after(REST, () -> load(entry));
        }
    }

    private void load(Entry entry) {
        if (entry.equals(wanted)) {
            loading = work.start(() -> read(entry), content::set, this::failed);
        }
    }

    private Content read(Entry entry) throws ClientException {
        Content read = new ContentReader(document -> library.channel(document.id()), Limits.PREVIEW).read(entry);
        if (!(read instanceof Content.Pages(PdfPages pages))) {
            return read;
        }
        try (pages) {
            return new Content.Picture(pages.draw(0, DOTS_PER_INCH), "");
        } catch (BrokenDocumentException e) {
            return new Content.Broken(e.sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Content.Nothing();
        }
    }

    private void failed(ClientException problem) {
        content.set(new Content.Broken(String.valueOf(problem.getMessage())));
    }
}
