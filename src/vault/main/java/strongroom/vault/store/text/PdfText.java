package strongroom.vault.store.text;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.text.PDFTextStripper;

/// The text of a PDF, by PDFBox in memory alone.
final class PdfText {
    // The logging of the JDK forgets a logger's level with the logger; PDFBox's messages quote the document.
    private static final List<Logger> SILENT = Stream.of("org.apache.pdfbox", "org.apache.fontbox")
            .map(Logger::getLogger)
            .toList();

    static {
        SILENT.forEach(logger -> logger.setLevel(Level.OFF));
        // A viewer in the same process has set its own, which may stay: it reads no disk either.
        if (FontMappers.instance().getClass().getPackageName().startsWith("org.apache.pdfbox")) {
            FontMappers.set(new OneFont());
        }
    }

    private PdfText() {}

    /// @param bytes of the document @throws IOException if it is broken or a limit is reached
    static void read(byte[] bytes, TextSink sink, Budget budget) throws IOException {
        try (PDDocument document = Loader.loadPDF(new Source(bytes, budget), IOUtils.createMemoryOnlyStreamCache())) {
            if (!document.getCurrentAccessPermission().canExtractContent()
                    && !document.getCurrentAccessPermission().canExtractForAccessibility()) {
                throw new GivenUpException(Extraction.Why.PROTECTED);
            }
            new Stripper(budget).writeText(document, new Into(sink));
        } catch (InvalidPasswordException e) {
            throw new GivenUpException(Extraction.Why.PROTECTED);
        }
    }

    /// Reads the bytes; every read is a place to give up at.
    private static final class Source extends RandomAccessReadBuffer {
        private final Budget budget;

        Source(byte[] bytes, Budget budget) {
            super(bytes);
            this.budget = budget;
        }

        @Override
        public int read() throws IOException {
            budget.check();
            return super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            budget.check();
            return super.read(into, offset, length);
        }
    }

    /// Every operator of a page is a place to give up at.
    private static final class Stripper extends PDFTextStripper {
        private final Budget budget;

        Stripper(Budget budget) {
            this.budget = budget;
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            budget.check();
            super.processOperator(operator, operands);
        }
    }

    private static final class Into extends Writer {
        private final TextSink sink;

        Into(TextSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            sink.add(text, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
