package strongroom.desktop.document;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/// What PDFBox must be told before the first document: which fonts stand in, and not to write logs, since its
/// messages quote the document.
final class PdfBox {
    // The logging of the JDK forgets a logger's level with the logger.
    private static final List<Logger> SILENT = silence();

    static {
        FontMappers.set(new PdfFonts());
    }

    private PdfBox() {}

    /// Does it once, however often it is called.
    static void prepare() {
        SILENT.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private static List<Logger> silence() {
        return Stream.of("org.apache.pdfbox", "org.apache.fontbox")
                .map(Logger::getLogger)
                .toList();
    }
}
