package strongroom.desktop.document;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/// A PDF, parsed as far as its pages are asked for. PDFBox's documents are for one thread at a time, which this keeps.
final class PdfSource implements Closeable {
    private final PdfInput input;
    private final PDDocument document;
    private final int pages;

    private PdfSource(PdfInput input, PDDocument document, int pages) {
        this.input = input;
        this.document = document;
        this.pages = pages;
    }

    /// @param channel owned by the result if there is one; otherwise closed
    static PdfSource open(SeekableByteChannel channel, Stop stop) throws IOException, BrokenDocumentException {
        var input = new PdfInput(channel, stop);
        boolean opened = false;
        try {
            // Scratch space in memory alone: PDFBox's other caches are files in the clear.
            PDDocument document = Loader.loadPDF(input, IOUtils.createMemoryOnlyStreamCache());
            int pages = document.getNumberOfPages();
            check(input);
            if (pages <= 0) {
                throw new BrokenDocumentException("viewer.pdf.empty");
            }
            opened = true;
            return new PdfSource(input, document, pages);
        } catch (InvalidPasswordException e) {
            throw new BrokenDocumentException("viewer.pdf.password", e);
        } catch (IOException e) {
            // Whether the vault or the document is at fault.
            check(input);
            throw e;
        } finally {
            if (!opened) {
                input.close();
            }
        }
    }

    PDDocument document() {
        return document;
    }

    /// How many pages there are, as the document says.
    int pages() {
        return pages;
    }

    /// Runs a drawing once the one before it has ended.
    ///
    /// @throws SpoiltException if a read failed in the one before it: what it met is missing for good in this
    ///     document
    synchronized Pixels with(Stop stop, Drawing drawing) throws IOException, BrokenDocumentException {
        stop.check();
        if (input.failure() != null) {
            throw new SpoiltException();
        }
        input.stop(stop);
        Pixels drawn = drawing.draw();
        check(input);
        return drawn;
    }

    /// Otherwise a page would be shown without what could not be read.
    private static void check(PdfInput input) throws IOException, BrokenDocumentException {
        @Nullable IOException failure = input.failure();
        if (failure instanceof Stop.Asked) {
            throw failure;
        }
        if (failure != null) {
            throw new BrokenDocumentException("viewer.unreadable", failure);
        }
    }

    /// A drawing that still runs meets a closed document.
    @Override
    public void close() throws IOException {
        input.close();
    }

    /// The document has to be opened anew.
    static final class SpoiltException extends IOException {
        private static final long serialVersionUID = 1L;

        SpoiltException() {
            super("a read has failed in this document");
        }
    }

    /// Draws a page.
    @FunctionalInterface
    interface Drawing {
        /// Draws it.
        Pixels draw() throws IOException;
    }
}
