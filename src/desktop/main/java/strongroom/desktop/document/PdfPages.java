package strongroom.desktop.document;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;

/// The pages of a PDF, drawn from memory one at a time. Any thread; calls block. Owns the bytes and zeroes them when
/// it is closed.
public final class PdfPages implements AutoCloseable {
    private static final float POINTS_PER_INCH = 72;

    private final byte[] bytes;
    private final Limits limits;
    private final int count;
    private PdfSource source;

    private PdfPages(byte[] bytes, Limits limits, PdfSource source, int count) {
        this.bytes = bytes;
        this.limits = limits;
        this.source = source;
        this.count = count;
    }

    /// @param bytes from now on owned by the result
    static PdfPages open(byte[] bytes, Limits limits) throws BrokenDocumentException, InterruptedException {
        PdfBox.prepare();
        return Bounded.call(limits.time(), stop -> {
            PdfSource source = PdfSource.open(bytes, stop);
            int count = source.document().getNumberOfPages();
            if (count <= 0) {
                throw new BrokenDocumentException("viewer.pdf.empty");
            }
            return new PdfPages(bytes, limits, source, count);
        });
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
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    private synchronized PdfSource source() {
        return source;
    }

    private synchronized void renew(PdfSource stuck) throws InterruptedException, BrokenDocumentException {
        if (source == stuck) {
            source = Bounded.call(limits.time(), stop -> PdfSource.open(bytes, stop));
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

    /// Reads the bytes of a document; every read is a place to stop at.
    static final class Source extends RandomAccessReadBuffer {
        private volatile Stop stop;

        Source(byte[] bytes, Stop stop) {
            super(bytes);
            this.stop = stop;
        }

        void stop(Stop now) {
            stop = now;
        }

        @Override
        public int read() throws IOException {
            stop.check();
            return super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            stop.check();
            return super.read(into, offset, length);
        }
    }
}
