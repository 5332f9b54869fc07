package strongroom.desktop.document;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/// A PDF, parsed as far as its pages are asked for. PDFBox's documents are for one thread at a time, which this keeps.
final class PdfSource implements AutoCloseable {
    private final PdfInput input;
    private final PDDocument document;

    private PdfSource(PdfInput input, PDDocument document) {
        this.input = input;
        this.document = document;
    }

    /// @param channel from now on owned by the result, or closed
    static PdfSource open(SeekableByteChannel channel, Stop stop) throws IOException, BrokenDocumentException {
        PdfInput input = null;
        boolean opened = false;
        try {
            input = new PdfInput(channel, stop);
            // Scratch space in memory alone: PDFBox's other caches are files in the clear.
            var source = new PdfSource(input, Loader.loadPDF(input, IOUtils.createMemoryOnlyStreamCache()));
            opened = true;
            return source;
        } catch (InvalidPasswordException e) {
            throw new BrokenDocumentException("viewer.pdf.password", e);
        } finally {
            if (!opened) {
                (input == null ? channel : input).close();
            }
        }
    }

    PDDocument document() {
        return document;
    }

    /// Runs a drawing once the one before it has ended.
    synchronized Pixels with(Stop stop, Drawing drawing) throws IOException {
        stop.check();
        input.stop(stop);
        return drawing.draw();
    }

    /// A drawing that still runs meets a closed document.
    @Override
    public void close() throws IOException {
        input.close();
    }

    /// Draws a page.
    @FunctionalInterface
    interface Drawing {
        /// Draws it.
        Pixels draw() throws IOException;
    }
}
