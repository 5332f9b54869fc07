package strongroom.desktop.document;

import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.vault.client.ClientException;

/// The pages of a PDF, drawn one at a time; of the document no more is read than they need. Any thread; calls block.
public final class PdfPages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PdfPages.class);
    private static final float POINTS_PER_INCH = 72;

    private final Opening opening;
    private final Limits limits;
    private final int count;
    private PdfSource source;
    private boolean closed;

    private PdfPages(Opening opening, Limits limits, PdfSource source) {
        this.opening = opening;
        this.limits = limits;
        this.source = source;
        this.count = source.pages();
    }

    /// Opens the bytes of the document, once more after a page that was given up.
    @FunctionalInterface
    interface Opening {
        /// @return closed by who called
        SeekableByteChannel open() throws ClientException;
    }

    static PdfPages open(Opening opening, Limits limits)
            throws ClientException, BrokenDocumentException, InterruptedException {
        PdfBox.prepare();
        return new PdfPages(opening, limits, source(opening, limits));
    }

    private static PdfSource source(Opening opening, Limits limits)
            throws ClientException, BrokenDocumentException, InterruptedException {
        SeekableByteChannel channel = opening.open();
        boolean opened = false;
        try {
            PdfSource source = Bounded.call(limits.time(), stop -> PdfSource.open(channel, stop));
            opened = true;
            return source;
        } finally {
            if (!opened) {
                close(channel);
            }
        }
    }

    /// How many pages there are, as the document says.
    public int count() {
        return count;
    }

    /// Draws a page.
    ///
    /// @param page from 0 @param dotsPerInch a page too large for the limit is drawn with fewer
    Pixels draw(int page, float dotsPerInch) throws BrokenDocumentException, InterruptedException {
        PdfSource current = source();
        try {
            return draw(current, page, dotsPerInch);
        } catch (BrokenDocumentException e) {
            // A drawing that is left alone may still hold the document: the next page gets a fresh one.
            renew(current);
            if (!(e.getCause() instanceof PdfSource.SpoiltException)) {
                throw e;
            }
            return draw(source(), page, dotsPerInch);
        }
    }

    private Pixels draw(PdfSource from, int page, float dotsPerInch)
            throws BrokenDocumentException, InterruptedException {
        return Bounded.call(limits.time(), stop -> from.with(stop, () -> draw(from, page, dotsPerInch, stop)));
    }

    @Override
    public void close() {
        PdfSource last;
        synchronized (this) {
            closed = true;
            last = source;
        }
        close(last);
    }

    private static void close(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("a document was not closed", e);
        }
    }

    private synchronized PdfSource source() {
        return source;
    }

    /// Opened outside the monitor: who closes the viewer does not wait for it.
    private void renew(PdfSource stuck) throws InterruptedException, BrokenDocumentException {
        if (isOver(stuck)) {
            return;
        }
        PdfSource fresh;
        try {
            fresh = source(opening, limits);
        } catch (ClientException e) {
            throw new BrokenDocumentException("viewer.unreadable", e);
        }
        PdfSource useless = fresh;
        synchronized (this) {
            if (!closed && source == stuck) {
                useless = stuck;
                source = fresh;
            }
        }
        close(useless);
    }

    private synchronized boolean isOver(PdfSource stuck) {
        return closed || source != stuck;
    }

    private Pixels draw(PdfSource from, int index, float dotsPerInch, Stop stop) throws IOException {
        PDPage page = from.document().getPage(index);
        PDRectangle box = page.getCropBox();
        double scale = dotsPerInch / POINTS_PER_INCH;
        double pixels = Math.max(1, box.getWidth()) * Math.max(1, box.getHeight()) * scale * scale;
        if (pixels > limits.pixels()) {
            scale *= Math.sqrt(limits.pixels() / pixels);
        }
        BufferedImage drawn =
                new StoppableRenderer(from.document(), stop).renderImage(index, (float) scale, ImageType.RGB);
        return Pixels.of(drawn);
    }
}
