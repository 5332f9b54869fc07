package strongroom.desktop.document;

import java.awt.image.BufferedImage;
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

    private PdfPages(Opening opening, Limits limits, PdfSource source, int count) {
        this.opening = opening;
        this.limits = limits;
        this.source = source;
        this.count = count;
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
        PdfSource source = source(opening, limits);
        int count = source.document().getNumberOfPages();
        if (count <= 0) {
            close(source);
            throw new BrokenDocumentException("viewer.pdf.empty");
        }
        return new PdfPages(opening, limits, source, count);
    }

    private static PdfSource source(Opening opening, Limits limits)
            throws ClientException, BrokenDocumentException, InterruptedException {
        SeekableByteChannel channel = opening.open();
        return Bounded.call(limits.time(), stop -> PdfSource.open(channel, stop));
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
            return Bounded.call(
                    limits.time(), stop -> current.with(stop, () -> draw(current, page, dotsPerInch, stop)));
        } catch (BrokenDocumentException e) {
            // A drawing that is left alone may still hold the document: the next page gets a fresh one.
            renew(current);
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        close(source);
    }

    private static void close(PdfSource source) {
        try {
            source.close();
        } catch (IOException e) {
            LOG.debug("a document was not closed", e);
        }
    }

    private synchronized PdfSource source() {
        return source;
    }

    private synchronized void renew(PdfSource stuck) throws InterruptedException, BrokenDocumentException {
        if (source == stuck) {
            close(stuck);
            try {
                source = source(opening, limits);
            } catch (ClientException e) {
                throw new BrokenDocumentException("viewer.broken", e);
            }
        }
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
