package strongroom.desktop.document;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/// Draws pages; every operator of a page is a place to stop at.
final class StoppableRenderer extends PDFRenderer {
    private final Stop stop;

    StoppableRenderer(PDDocument document, Stop stop) {
        super(document);
        this.stop = stop;
        setSubsamplingAllowed(true);
    }

    @Override
    protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
        return new Drawer(parameters, stop);
    }

    private static final class Drawer extends PageDrawer {
        private final Stop stop;

        Drawer(PageDrawerParameters parameters, Stop stop) throws IOException {
            super(parameters);
            this.stop = stop;
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            stop.check();
            super.processOperator(operator, operands);
        }
    }
}
