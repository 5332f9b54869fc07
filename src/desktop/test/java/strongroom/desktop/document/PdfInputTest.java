package strongroom.desktop.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;
import strongroom.desktop.fake.BytesChannel;
import strongroom.desktop.text.Text;

class PdfInputTest {
    private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 1 << 20, Duration.ofSeconds(30));

    @Test
    void whateverIsReadInWhateverOrderIsWhatIsThere() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] bytes = new byte[100_000];
        random.nextBytes(bytes);
        try (var input = new PdfInput(new BytesChannel(bytes), new Stop())) {
            for (int i = 0; i < 3_000; i++) {
                int from = random.nextInt(bytes.length + 1);
                input.seek(from);
                if (random.nextBoolean()) {
                    assertEquals(from < bytes.length ? bytes[from] & 0xff : -1, input.read(), "seed " + seed);
                    continue;
                }
                byte[] into = new byte[random.nextInt(random.nextBoolean() ? 30 : 20_000)];
                int read = input.read(into, 0, into.length);
                int expected = Math.min(into.length, bytes.length - from);
                assertEquals(expected == 0 && into.length > 0 ? -1 : expected, read, "seed " + seed);
                assertArrayEquals(
                        Arrays.copyOfRange(bytes, from, from + expected),
                        Arrays.copyOf(into, expected),
                        "seed " + seed);
                assertEquals(from + expected, input.getPosition());
                assertEquals(from + expected == bytes.length, input.isEOF());
            }
        }
    }

    @Test
    void aReadIsAPlaceToStopAt() throws Exception {
        var stop = new Stop();
        try (var input = new PdfInput(new BytesChannel(new byte[10]), stop)) {
            assertEquals(0, input.read());
            assertNull(input.failure());
            stop.ask();
            assertThrows(Stop.Asked.class, input::read);
            assertInstanceOf(Stop.Asked.class, input.failure());
            assertThrows(Stop.Asked.class, () -> input.read(new byte[20_000], 0, 20_000));
        }
    }

    @Test
    void ofALargeDocumentAPageNeedsLittle() throws Exception {
        byte[] document = withAttachment(20 << 20);
        var read = new AtomicLong();
        var closed = new AtomicLong();

        try (PdfPages pages = PdfPages.open(() -> new Counting(document, read, closed), LIMITS)) {
            assertEquals(1, pages.count());
            assertTrue(pages.draw(0, 72).width() > 0);
        }

        assertTrue(read.get() < 1 << 20, "read " + read);
        assertTrue(closed.get() > 0);
    }

    @Test
    void aPageIsNotShownWithoutWhatCouldNotBeRead() throws Exception {
        byte[] document = withAttachment(1000);
        var broken = new AtomicBoolean();

        try (PdfPages pages = PdfPages.open(() -> new Failing(document, broken), LIMITS)) {
            broken.set(true);
            BrokenDocumentException refused = assertThrows(BrokenDocumentException.class, () -> pages.draw(0, 72));
            assertEquals(Text.of("viewer.unreadable"), refused.sentence());
            broken.set(false);
            assertTrue(pages.draw(0, 72).width() > 0, "the next one begins with a fresh document");
        }
    }

    @Test
    void aDocumentThatCannotBeReadIsNotCalledBroken() throws Exception {
        byte[] document = withAttachment(1000);
        var broken = new AtomicBoolean(true);

        BrokenDocumentException refused = assertThrows(
                BrokenDocumentException.class, () -> PdfPages.open(() -> new Failing(document, broken), LIMITS));

        assertEquals(Text.of("viewer.unreadable"), refused.sentence());
    }

    @Test
    void theNumberOfPagesMayStandElsewhere() throws Exception {
        byte[] document = """
                %PDF-1.4
                1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
                2 0 obj<</Type/Pages/Kids[3 0 R]/Count 4 0 R>>endobj
                3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
                4 0 obj 1 endobj
                trailer<</Root 1 0 R/Size 5>>
                %%EOF
                """.getBytes(StandardCharsets.US_ASCII);

        try (PdfPages pages = PdfPages.open(() -> new BytesChannel(document), LIMITS)) {
            assertEquals(1, pages.count());
        }
    }

    @Test
    void whatIsNoPdfIsClosedAgain() {
        var closed = new AtomicLong();
        byte[] nonsense = "%PDF-1.7 nothing else".getBytes(StandardCharsets.US_ASCII);

        assertThrows(
                BrokenDocumentException.class,
                () -> PdfPages.open(() -> new Counting(nonsense, new AtomicLong(), closed), LIMITS));

        assertTrue(closed.get() > 0);
    }

    /// A page, and something large that no page shows.
    private static byte[] withAttachment(int size) throws IOException {
        try (var document = new PDDocument()) {
            var page = new PDPage();
            COSStream drawing = document.getDocument().createCOSStream();
            try (OutputStream out = drawing.createRawOutputStream()) {
                out.write("0 0 m 99 99 l S\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
            }
            page.getCOSObject().setItem(COSName.CONTENTS, drawing);
            document.addPage(page);
            COSStream attachment = document.getDocument().createCOSStream();
            byte[] noise = new byte[size];
            new Random(1).nextBytes(noise);
            try (OutputStream out = attachment.createRawOutputStream()) {
                out.write(noise);
            }
            document.getDocumentCatalog().getCOSObject().setItem(COSName.getPDFName("Large"), attachment);
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    /// Fails as long as it is told to.
    private static final class Failing extends BytesChannel {
        private final AtomicBoolean broken;

        Failing(byte[] bytes, AtomicBoolean broken) {
            super(bytes);
            this.broken = broken;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (broken.get()) {
                throw new IOException("a part of it is damaged");
            }
            return super.read(into);
        }
    }

    /// Counts what is read.
    private static final class Counting extends BytesChannel {
        private final AtomicLong read;
        private final AtomicLong closed;

        Counting(byte[] bytes, AtomicLong read, AtomicLong closed) {
            super(bytes);
            this.read = read;
            this.closed = closed;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int count = super.read(into);
            read.addAndGet(Math.max(0, count));
            return count;
        }

        @Override
        public void close() {
            super.close();
            closed.incrementAndGet();
        }
    }
}
