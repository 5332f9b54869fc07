package strongroom.desktop.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Samples;
import strongroom.desktop.fake.Shared;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Library;

/// Documents made to break viewers: each ends within the time in content or in a sentence.
class BrokenDocumentsTest {
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private final FakeVaultClient client = new FakeVaultClient(Clock.systemUTC());

    @TestFactory
    Stream<DynamicTest> aBrokenDocumentNeitherHangsNorThrows() throws IOException {
        return Stream.of("pdf", "format-corpus", "png", "ooxml-ole", "zip")
                .flatMap(folder -> files(Shared.vectors(folder)))
                .map(file -> DynamicTest.dynamicTest(
                        file.getParent().getFileName() + "/" + file.getFileName(),
                        () -> assertTimeout(AT_MOST, () -> lookAt(file))));
    }

    @Test
    void everyPrefixOfAPdfEndsInContentOrASentence() throws Exception {
        byte[] whole = Samples.pdf("Cut", 1);
        for (int length = 1; length < whole.length; length += 97) {
            Entry entry = put("cut.pdf", Arrays.copyOf(whole, length));

            show(entry, Limits.VIEWER);
        }
    }

    @Test
    void everyPrefixOfAPictureEndsInContentOrASentence() throws Exception {
        byte[] whole = Samples.picture(60, 40);
        for (int length = 1; length < whole.length; length += 31) {
            Content content = show(put("cut.png", Arrays.copyOf(whole, length)), Limits.VIEWER);

            assertFalse(content instanceof Content.Loading);
        }
    }

    @Test
    void aPictureOfTooManyPointsIsDecodedSmallerAndSaysSo() throws Exception {
        var limits = new Limits(1 << 20, 64 << 20, 10_000, Duration.ofSeconds(8));

        Content content = show(put("large.png", Samples.picture(400, 300)), limits);

        Content.Picture picture = assertInstanceOf(Content.Picture.class, content);
        assertTrue(picture.pixels().width() * picture.pixels().height() <= 10_000);
        assertFalse(picture.note().isEmpty());
    }

    @Test
    void nothingIsWrittenToTheDiskWhileAPdfIsDrawn(@TempDir Path home) throws Exception {
        Entry letter = put("letter.pdf", Samples.pdf("Letter", 2));
        String before = System.setProperty("user.home", home.toString());
        try {
            Content content = show(letter, Limits.VIEWER);
            assertInstanceOf(Content.Pages.class, content);
        } finally {
            System.setProperty("user.home", before);
        }

        // PDFBox's own mapper writes its list of fonts once per process, so its absence is what counts.
        assertInstanceOf(PdfFonts.class, FontMappers.instance());
        try (Stream<Path> left = Files.list(home)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private void lookAt(Path file) throws IOException, ClientException, InterruptedException {
        Entry entry = put(String.valueOf(file.getFileName()), Files.readAllBytes(file));

        show(entry, Limits.VIEWER);
    }

    /// Reads a document as the viewer does, and draws its first pages.
    private Content show(Entry entry, Limits limits) throws ClientException, InterruptedException {
        Library library = client.library();
        Content content = new ContentReader(document -> library.channel(document.id()), limits).read(entry);
        if (content instanceof Content.Pages(PdfPages pages)) {
            try (pages) {
                for (int page = 0; page < Math.min(2, pages.count()); page++) {
                    pages.draw(page, 72);
                }
            } catch (BrokenDocumentException e) {
                assertFalse(e.sentence().isBlank());
            }
        }
        return content;
    }

    private Entry put(String name, byte[] content) throws ClientException {
        return client.library().put(client.library().root().id(), name, content, Instant.EPOCH);
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
