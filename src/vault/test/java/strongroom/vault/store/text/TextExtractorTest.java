package strongroom.vault.store.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextExtractorTest {
    private static final TextLimits SMALL = new TextLimits(1 << 20, 1000, 1 << 20, 50, 2, Duration.ofSeconds(10));

    private static Extraction extract(TextLimits limits, String name, byte[] content) throws IOException {
        return new TextExtractor(limits).extract(name, new ByteArrayInputStream(content), () -> false);
    }

    private static String text(String name, byte[] content) throws IOException {
        return assertInstanceOf(Extraction.Text.class, extract(TextLimits.OFFICE, name, content))
                .content();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Extraction.Why why(TextLimits limits, String name, byte[] content) throws IOException {
        return assertInstanceOf(Extraction.Failed.class, extract(limits, name, content))
                .why();
    }

    @Test
    void plainTextIsReadInTheEncodingItWasWrittenIn() throws Exception {
        String text = "Größe und Maß, naïve café";
        assertEquals(text, text("a.txt", utf8(text)));
        assertEquals(text, text("a.txt", text.getBytes(Charset.forName("windows-1252"))));
        assertEquals(text, text("a.txt", utf8("\uFEFF" + text)));
        assertEquals(text, text("a.txt", text.getBytes(StandardCharsets.UTF_16LE)));
        assertEquals(text, text("a.txt", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE)));
        assertEquals("# Kopf Text", text("a.md", utf8("# Kopf\n\nText\n")));
        assertEquals("Name;Ort Ada;Köln", text("a.csv", utf8("Name;Ort\r\nAda;Köln\r\n")));
    }

    @Test
    void blanksInARowAreOneAndWhatCannotBeSeenGoes() throws Exception {
        assertEquals("Vertrag zwei", text("a.txt", utf8("  Ver\u00ADtrag\t\n\u00A0 zwei \u200B ")));
    }

    @Test
    void picturesAndEmptyDocumentsHaveNoText() throws Exception {
        assertInstanceOf(Extraction.Nothing.class, extract(SMALL, "a.png", new byte[] {1, 2, 3, 0, 0, 5}));
        assertInstanceOf(Extraction.Nothing.class, extract(SMALL, "a", new byte[] {(byte) 0xD0, (byte) 0xCF, 0, 0}));
        assertInstanceOf(Extraction.Nothing.class, extract(SMALL, "a.txt", new byte[0]));
        assertInstanceOf(Extraction.Nothing.class, extract(SMALL, "a.txt", utf8(" \n ")));
        assertInstanceOf(Extraction.Nothing.class, extract(SMALL, "a.zip", Samples.zip(Map.of("a.txt", "inside"))));
    }

    @Test
    void aWebPageIsReadAsPeopleSeeIt() throws Exception {
        String page = """
                <!DOCTYPE html><html><head><title>Angebot</title><style>p { color: red }</style></head><body>
                <script>var hidden = "<p>script</p>";</script><!-- comment -->
                <p>Gr&ouml;&szlig;e&nbsp;5 &lt; 6 &#8364;&#x20AC; &unknown; a<b>b</b>c<br>neu</p> 1 < 2 & 3
                </body></html>""";

        assertEquals("Angebot Größe 5 < 6 €€ &unknown; abc neu 1 < 2 & 3", text("page", utf8(page)));
    }

    @Test
    void aPageThatIsAllMarkupEndsSoon() throws Exception {
        assertInstanceOf(Extraction.Nothing.class, extract(TextLimits.OFFICE, "a.html", utf8("<p ".repeat(500_000))));
        assertInstanceOf(Extraction.Text.class, extract(TextLimits.OFFICE, "a.html", utf8("&".repeat(3_000_000))));
        assertInstanceOf(
                Extraction.Nothing.class, extract(TextLimits.OFFICE, "a.html", utf8("<script>" + "<".repeat(900_000))));
    }

    @Test
    void wordsOfATextDocumentAreWholeAlsoWhenTheyAreCutIntoRuns() throws Exception {
        assertEquals(
                "Titelblatt Kündigung R&D second paragraph", text("a.docx", Samples.docx("Kün", "digung", " R&amp;D")));
    }

    @Test
    void tablesAndSlidesAndOpenDocumentsAreRead() throws Exception {
        assertEquals("Umsatz Quartal 4711.5", text("a.xlsx", Samples.xlsx("Umsatz", "Quartal", "4711.5")));
        assertEquals("Notiz Folie", text("a.pptx", Samples.pptx("Folie", "Notiz")));
        assertEquals("Protokoll Ende", text("a.odt", Samples.odt("Proto<text:span>koll</text:span>")));
    }

    @Test
    void thePagesOfAPdfAreRead() throws Exception {
        assertEquals("First page Second page", text("a", Samples.pdf("", "First page", "Second page")));
    }

    @Test
    void aPdfWithAPasswordIsNotRead() throws Exception {
        assertEquals(Extraction.Why.PROTECTED, why(TextLimits.OFFICE, "a.pdf", Samples.pdf("secret", "First")));
    }

    @Test
    void aMessageIsReadWithItsPartsAndWhatIsAttached() throws Exception {
        String attached = Base64.getMimeEncoder().encodeToString(Samples.docx("Anlage"));
        String mail = """
                From: =?UTF-8?Q?J=C3=BCrgen_M=C3=BCller?= <j@example.org>
                To: Ada
                Subject: =?utf-8?B?w5xiZXJncm/Dn2Vu?=
                 Preis
                Content-Type: multipart/mixed; boundary="XX"

                preamble
                --XX
                Content-Type: multipart/alternative; boundary=YY

                --YY
                Content-Type: text/plain; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                Gr=FC=DFe vor=
                bei
                --YY
                Content-Type: text/html; charset=utf-8

                <p>Web<b>seite</b></p>
                --YY--
                --XX
                Content-Type: application/octet-stream; name="anlage.docx"
                Content-Transfer-Encoding: base64

                %s
                --XX--
                epilogue
                """.formatted(attached);

        String text = text("a.eml", utf8(mail));

        assertEquals(
                "Jürgen Müller <j@example.org> Ada Übergroßen Preis Grüße vorbei Webseite anlage.docx"
                        + " Titelblatt Anlage second paragraph",
                text);
        assertEquals(text, text("a.eml", utf8(mail.replace("\n", "\r\n"))));
    }

    @Test
    void textIsCutAtTheLimitBetweenTwoCharacters() throws Exception {
        Extraction.Text cut =
                assertInstanceOf(Extraction.Text.class, extract(SMALL, "a.txt", utf8("\uD83D\uDE00".repeat(2000))));

        assertTrue(cut.cut());
        assertTrue(cut.content().length() <= 1000);
        assertFalse(Character.isHighSurrogate(cut.content().charAt(cut.content().length() - 1)));
    }

    @Test
    void aLongTextIsReadFromItsBeginningAndALongPdfNotAtAll() throws Exception {
        TextLimits tiny = new TextLimits(100, 1000, 1000, 10, 2, Duration.ofSeconds(5));

        assertInstanceOf(Extraction.Text.class, extract(tiny, "a.txt", utf8("word ".repeat(100))));
        assertEquals(Extraction.Why.TOO_LARGE, why(tiny, "a.pdf", Samples.pdf("", "First")));
    }

    @Test
    void anArchiveThatUnpacksToTooMuchIsGivenUp() throws Exception {
        byte[] bomb = Samples.zip(Map.of("other.bin", "\0".repeat(5 << 20)));
        assertEquals(Extraction.Why.TOO_LARGE, why(SMALL, "a.docx", bomb));
        Map<String, String> parts = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            parts.put("part" + i, "");
        }
        assertEquals(Extraction.Why.TOO_LARGE, why(SMALL, "a.docx", Samples.zip(parts)));
    }

    @Test
    void mailsInMailsEndAtTheLimitOfNesting() throws Exception {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            mail.append("Subject: level").append(i).append("\nContent-Type: message/rfc822\n\n");
        }

        String text = text("a.eml", utf8(mail + "Subject: deepest\n\nend"));

        assertTrue(text.contains("level0"));
        assertFalse(text.contains("deepest"));
    }

    @Test
    void entitiesOfADocumentTypeAreNotExpandedAndNothingOutsideIsRead(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "outsidecontent");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(1);
            String type = "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM '%s'>"
                            .formatted(secret.toUri())
                    + "<!ENTITY n SYSTEM 'http://127.0.0.1:%d/x'>]>".formatted(server.getLocalPort());
            for (String entity : List.of("&b;", "&f;", "&n;")) {
                byte[] document =
                        Samples.zip(Map.of("word/document.xml", type + "<d><t>before</t><t>" + entity + "</t></d>"));
                String read = String.valueOf(extract(TextLimits.OFFICE, "a.docx", document));
                assertFalse(read.contains("aaaa") || read.contains("outside"), read);
            }
            boolean asked = true;
            try {
                server.accept().close();
            } catch (SocketTimeoutException expected) {
                asked = false;
            }
            assertFalse(asked, "somebody was asked over the network");
        }
    }

    @Test
    void aStoredPartIsReadToo() throws Exception {
        byte[] part = utf8("<d><t>stored</t></d>");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("word/document.xml");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(part.length);
            CRC32 sum = new CRC32();
            sum.update(part);
            entry.setCrc(sum.getValue());
            zip.putNextEntry(entry);
            zip.write(part);
        }

        assertEquals("stored", text("a.docx", out.toByteArray()));
    }

    @Test
    void whatIsNotWantedAnyMoreEndsAtOnce() throws Exception {
        Extraction stopped = new TextExtractor(TextLimits.OFFICE)
                .extract("a.pdf", new ByteArrayInputStream(Samples.pdf("", "First")), () -> true);

        assertEquals(new Extraction.Failed(Extraction.Why.TOO_SLOW), stopped);
    }

    @Test
    void eachCutOfADocumentEndsInTextOrAReason() throws Exception {
        for (byte[] whole : List.of(Samples.docx("Anlage"), Samples.pdf("", "First"), Samples.odt("x"))) {
            for (int length = 0; length < whole.length; length += 13) {
                extract(SMALL, "a", Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void nothingIsWrittenToDisk(@TempDir Path home) throws Exception {
        String before = System.setProperty("user.home", home.toString());
        String temp = System.setProperty("java.io.tmpdir", home.toString());
        try {
            text("a.pdf", Samples.pdf("", "First page"));
            text("a.docx", Samples.docx("Anlage"));
        } finally {
            System.setProperty("user.home", before);
            System.setProperty("java.io.tmpdir", temp);
        }

        try (Stream<Path> left = Files.list(home)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
