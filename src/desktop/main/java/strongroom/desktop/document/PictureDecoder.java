package strongroom.desktop.document;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.MemoryCacheImageInputStream;
import strongroom.desktop.text.Text;

/// Decodes pictures with the JDK's readers, from memory: the usual cache of ImageIO is a file in the clear.
final class PictureDecoder {
    private static final long MOST_PIXELS = 400_000_000L;

    private PictureDecoder() {}

    /// @param mostPixels a larger picture is decoded with fewer
    static Content.Picture decode(byte[] bytes, int mostPixels, Stop stop) throws IOException, BrokenDocumentException {
        byte[] clean = PngFilter.isPng(bytes) ? PngFilter.essential(bytes) : bytes;
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(clean))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new BrokenDocumentException("viewer.broken");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                reader.addIIOReadProgressListener(new Watcher(stop));
                return read(reader, JpegOrientation.of(bytes), mostPixels);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Content.Picture read(ImageReader reader, int orientation, int mostPixels)
            throws IOException, BrokenDocumentException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        long pixels = (long) width * height;
        if (pixels <= 0 || pixels > MOST_PIXELS) {
            throw new BrokenDocumentException("viewer.picture.large");
        }
        int step = 1;
        while (pixels / ((long) step * step) > mostPixels) {
            step++;
        }
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        BufferedImage image = reader.read(0, param);
        String note = step == 1 ? "" : Text.of("viewer.picture.smaller", width, height, step);
        return new Content.Picture(Pixels.of(image).turned(orientation), note);
    }

    /// Stops a reader between two rows.
    private static final class Watcher implements IIOReadProgressListener {
        private final Stop stop;

        Watcher(Stop stop) {
            this.stop = stop;
        }

        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            try {
                stop.check();
            } catch (IOException e) {
                source.abort();
            }
        }

        @Override
        public void sequenceStarted(ImageReader source, int minIndex) {}

        @Override
        public void sequenceComplete(ImageReader source) {}

        @Override
        public void imageStarted(ImageReader source, int imageIndex) {}

        @Override
        public void imageComplete(ImageReader source) {}

        @Override
        public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

        @Override
        public void thumbnailProgress(ImageReader source, float percentageDone) {}

        @Override
        public void thumbnailComplete(ImageReader source) {}

        @Override
        public void readAborted(ImageReader source) {}
    }
}
