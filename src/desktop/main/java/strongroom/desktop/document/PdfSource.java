package strongroom.desktop.document;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/// A PDF parsed from memory. PDFBox's documents are for one thread at a time, which this keeps.
final class PdfSource {
    private final PdfPages.Source source;
    private final PDDocument document;

    private PdfSource(PdfPages.Source source, PDDocument document) {
        this.source = source;
        this.document = document;
    }

    static PdfSource open(byte[] bytes, Stop stop) throws IOException, BrokenDocumentException {
        var source = new PdfPages.Source(bytes, stop);
        try {
            // Scratch space in memory alone: PDFBox's other caches are files in the clear.
            return new PdfSource(source, Loader.loadPDF(source, IOUtils.createMemoryOnlyStreamCache()));
        } catch (InvalidPasswordException e) {
            throw new BrokenDocumentException("viewer.pdf.password", e);
        }
    }

    PDDocument document() {
        return document;
    }

    /// Runs a drawing once the one before it has ended.
    synchronized Pixels with(Stop stop, Drawing drawing) throws IOException {
        stop.check();
        source.stop(stop);
        return drawing.draw();
    }

    /// Draws a page.
    @FunctionalInterface
    interface Drawing {
        /// Draws it.
        Pixels draw() throws IOException;
    }
}
