package strongroom.vault.store.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.search.directory.SealedDirectory;
import strongroom.vault.store.text.Samples;

class SearchIndexTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path home;

    private final SecretBytes key = SecretBytes.random(32, RANDOM);
    private final Shelf shelf = new Shelf(RANDOM);
    private Path folder;
    private SearchIndex index;

    @BeforeEach
    void open() throws StoreException {
        folder = home.resolve("search");
        index = SearchIndex.open(folder, key, shelf, RANDOM);
    }

    @AfterEach
    void close() {
        index.close();
        key.close();
    }

    private void reopen() throws StoreException {
        index.close();
        open();
    }

    private void update() throws StoreException {
        index.update(shelf, IndexWatch.NONE);
    }

    private List<Id> found(String typed) throws StoreException {
        return index.search(typed, 50).stream().map(Hit::entry).toList();
    }

    private Hit only(String typed) throws StoreException {
        List<Hit> hits = index.search(typed, 50);
        assertEquals(1, hits.size(), typed);
        return hits.getFirst();
    }

    private static List<String> marked(Hit hit) {
        return hit.marks().stream()
                .map(mark -> hit.snippet().substring(mark.from(), mark.to()))
                .toList();
    }

    @Nested
    class Finding {
        @Test
        void wordsAreFoundInNamesAndTextsAllOfThemInAnyOrder() throws Exception {
            Id letter = shelf.put("Letter_to-the.bank.txt", "We ask for a loan.");
            Id note = shelf.put("note", "The bank said no loan.");
            Id plans = shelf.folder("Plans");
            update();

            assertEquals(Set.of(letter, note), Set.copyOf(found("loan bank ")));
            assertEquals(List.of(letter), found("loan ask"));
            assertEquals(List.of(plans), found("plans"));
            assertEquals(List.of(), found("loan tree "));
            assertEquals(List.of(), found(""));
            assertEquals(List.of(), found(" … \" "));
        }

        @Test
        void aNameCountsMoreThanAText() throws Exception {
            Id text = shelf.put("one", "tax ".repeat(20));
            Id name = shelf.put("tax 2026", "something else entirely");
            update();

            assertEquals(List.of(name, text), found("tax "));
        }

        @Test
        void theLastWordMayBeBegunOnly() throws Exception {
            Id document = shelf.put("a", "Geschäftsführung und Verwaltung");
            update();

            for (String typed : List.of("G", "ge", "geschaef", "Geschäftsf", "Verwaltung Geschä", "verwal")) {
                assertEquals(List.of(document), found(typed), typed);
            }
            assertEquals(List.of(), found("Geschä Verwaltung"));
            assertEquals(List.of(), found("Geschä "));
        }

        @Test
        void wordsInQuotesStandInThatOrder() throws Exception {
            Id right = shelf.put("a", "the red house on the hill");
            shelf.put("b", "the house is red");
            update();

            assertEquals(List.of(right), found("\"red house\""));
            assertEquals(List.of(right), found("hill \"red house\""));
            assertEquals(2, found("\"red house").size());
        }

        @Test
        void germanWordsAreFoundInTheirForms() throws Exception {
            Id document = shelf.put("a", "Die Verträge der Häuser in der Straße; Rechnungen des Mitarbeiters Müller");
            update();

            for (String typed : List.of(
                    "Vertrag ",
                    "vertrags ",
                    "Verträgen ",
                    "VERTRAEGE ",
                    "Haus ",
                    "Häusern ",
                    "strasse ",
                    "STRASSE ",
                    "Straßen ",
                    "Rechnung ",
                    "Mitarbeiter ",
                    "Mitarbeitern ",
                    "mueller ",
                    "Muller ",
                    "Mu\u0308ller ")) {
                assertEquals(List.of(document), found(typed), typed);
            }
        }

        @Test
        void englishWordsAreFoundInTheirForms() throws Exception {
            Id document =
                    shelf.put("a", "The parties' lawyers reviewed several houses, a café and the company's policies.");
            update();

            for (String typed :
                    List.of("party ", "lawyer ", "house ", "cafe ", "company ", "companies ", "policy ", "THE ")) {
                assertEquals(List.of(document), found(typed), typed);
            }
        }

        @Test
        void numbersAndAddressesAreFoundByTheirParts() throws Exception {
            Id document = shelf.put("a", "Invoice RE-2026/0815 for ada.lovelace@example.org, 1.234,56 EUR");
            update();

            for (String typed : List.of("0815", "RE-2026/0815 ", "lovelace", "example.org", "1.234,56 ", "2026")) {
                assertEquals(List.of(document), found(typed), typed);
            }
        }

        @Test
        void theTextOfOfficeDocumentsIsFound() throws Exception {
            Id word = shelf.put(Id.random(RANDOM), "a.docx", Samples.docx("Kündi", "gung"));
            Id pdf = shelf.put(Id.random(RANDOM), "b.pdf", Samples.pdf("", "Termination letter"));
            update();

            assertEquals(List.of(word), found("kündigung "));
            assertEquals(List.of(pdf), found("termination "));
        }

        @Test
        void aBrokenDocumentIsFoundByItsName() throws Exception {
            Id broken = shelf.put(Id.random(RANDOM), "broken.pdf", "%PDF-1.7 nothing".getBytes(StandardCharsets.UTF_8));
            update();

            assertEquals(List.of(broken), found("broken"));
        }

        @Test
        void noMoreHitsThanAskedForAreGiven() throws Exception {
            for (int i = 0; i < 30; i++) {
                shelf.put("doc" + i, "common");
            }
            update();

            assertEquals(7, index.search("common", 7).size());
            assertEquals(List.of(), index.search("common", 0));
        }
    }

    @Nested
    class Showing {
        @Test
        void theSnippetShowsTheWordsWhereTheyStandTogether() throws Exception {
            shelf.put(
                    "a",
                    "Haus ".repeat(200) + "am Ende der Straße stehen alte Häuser mit Garten. " + "leer ".repeat(200));
            update();

            Hit hit = only("straße haus ");

            assertTrue(marked(hit).containsAll(List.of("Straße", "Haus")), hit.snippet());
            assertTrue(hit.snippet().length() <= 260);
        }

        @Test
        void aWordThatIsBegunIsMarkedWhole() throws Exception {
            shelf.put("a", "eine Kündigungsfrist von drei Monaten");
            update();

            assertEquals(List.of("Kündigungsfrist"), marked(only("kündig")));
        }

        @Test
        void aWordDeepInALongTextIsShown() throws Exception {
            shelf.put("a", "Wort und Satz. ".repeat(60_000) + "hier die Schlüsselübergabe am Montag");
            update();

            assertEquals(List.of("Schlüsselübergabe"), marked(only("schlüsselübergabe ")));
            assertEquals(List.of("Schlüsselübergabe"), marked(only("schluesselueb")));
        }

        @Test
        void aHitByNameShowsTheBeginningOfTheText() throws Exception {
            shelf.put("vertrag.txt", "Zwischen den Parteien");
            shelf.folder("ordner");
            update();

            assertEquals("Zwischen den Parteien", only("vertrag").snippet());
            assertEquals("", only("ordner").snippet());
        }
    }

    @Nested
    class Following {
        @Test
        void whatIsAddedChangedRenamedAndRemovedIsFollowed() throws Exception {
            Id one = shelf.put("one", "alpha");
            Id two = shelf.put("two", "beta");
            update();
            shelf.put(one, "one", "gamma".getBytes(StandardCharsets.UTF_8));
            shelf.rename(two, "second");
            Id three = shelf.put("three", "delta");
            update();

            assertEquals(List.of(), found("alpha"));
            assertEquals(List.of(one), found("gamma"));
            assertEquals(List.of(), found("two"));
            assertEquals(List.of(two), found("second"));
            assertEquals(List.of(three), found("delta"));
            shelf.remove(three);
            update();
            assertEquals(List.of(), found("delta"));
        }

        @Test
        void whatIsInStepIsNotReadAgainAlsoAfterTheNextOpening() throws Exception {
            shelf.put("one", "alpha");
            shelf.put(Id.random(RANDOM), "two.pdf", new byte[] {'%', 'P', 'D', 'F', '-'});
            shelf.folder("folder");
            update();
            reopen();
            shelf.opened.set(0);

            update();

            assertEquals(0, shelf.opened.get());
            assertEquals(1, found("alpha").size());
        }

        @Test
        void aDocumentWhoseContentComesLaterIsFoundByNameAndThenByText() throws Exception {
            Id id = shelf.absent("later");
            update();
            assertEquals(List.of(id), found("later"));

            shelf.arrives(id, "omega");
            update();

            assertEquals(List.of(id), found("omega"));
        }

        @Test
        void aDocumentThatCannotBeReadIsTriedAgainAfterTheNextOpening() throws Exception {
            Id id = shelf.put("one", "alpha");
            shelf.refuses = StoreException.Why.DAMAGED;
            update();
            update();
            assertEquals(1, shelf.opened.get());
            assertEquals(List.of(id), found("one"));

            shelf.refuses = null;
            reopen();
            update();

            assertEquals(List.of(id), found("alpha"));
        }

        @Test
        void progressCountsWhatHasToBeDone() throws Exception {
            for (int i = 0; i < 20; i++) {
                shelf.put("doc" + i, "text");
            }
            List<String> heard = new ArrayList<>();
            index.update(shelf, (done, total) -> heard.add(done + "/" + total));
            shelf.put("more", "text");
            index.update(shelf, (done, total) -> heard.add(done + "/" + total));

            assertEquals("0/20", heard.getFirst());
            assertTrue(heard.contains("20/20"));
            assertEquals("1/1", heard.getLast());
        }

        @Test
        void anInterruptEndsTheWorkAndWhatWasDoneStays() throws Exception {
            for (int i = 0; i < 50; i++) {
                shelf.put("doc" + i, "text");
            }
            Thread.currentThread().interrupt();

            StoreException refused = assertThrows(StoreException.class, SearchIndexTest.this::update);

            assertEquals(StoreException.Why.CANCELLED, refused.why());
            assertTrue(Thread.interrupted());
            update();
            assertEquals(50, found("text").size());
        }
    }

    @Nested
    class Forgetting {
        @Test
        void nothingOfARemovedDocumentIsLeftAfterTheExpunging() throws Exception {
            for (int i = 0; i < 300; i++) {
                shelf.put("kept" + i, "common words " + i);
            }
            Id secret = shelf.put("xylophonename", "common quetzalcoatlus words");
            Id edited = shelf.put("edited", "oldzeppelinversion");
            update();
            assertTrue(everything().contains("quetzalcoatlus"), "the test looks at the right place");
            shelf.remove(secret);
            shelf.put(edited, "edited", "newversion".getBytes(StandardCharsets.UTF_8));

            update();
            index.expunge();

            String all = everything();
            for (String word : List.of("quetzalcoatlus", "xylophonename", "zeppelin")) {
                assertFalse(all.contains(word), word);
                assertFalse(raw().contains(word), word);
            }
            assertTrue(all.contains("newversion"));
            assertEquals(300, index.search("common", 1000).size());
        }

        /// All files of the index as they are in clear, and how many there are.
        private String everything() throws Exception {
            StringBuilder all = new StringBuilder();
            Anchor.Point point = shelf.point;
            assertTrue(point != null);
            try (SecretBytes own = Hkdf.derive(
                            key, point.index().toByteArray(), ascii("strongroom search index v1"), Aead.KEY);
                    SealedDirectory clear = SealedDirectory.open(folder, own, 1 << 20, RANDOM)) {
                for (String name : clear.listAll()) {
                    try (IndexInput in = clear.openInput(name, IOContext.READONCE)) {
                        byte[] bytes = new byte[Math.toIntExact(in.length())];
                        in.readBytes(bytes, 0, bytes.length);
                        all.append(new String(bytes, StandardCharsets.ISO_8859_1));
                    }
                }
            }
            return all.toString();
        }

        @Test
        void noWordIsOnTheDiskInClear() throws Exception {
            shelf.put("xylophonename", "quetzalcoatlus ".repeat(500));
            update();

            assertFalse(raw().contains("quetzalcoatlus"));
            assertFalse(raw().contains("xylophonename"));
            assertFalse(raw().contains("Lucene"));
            try (Stream<Path> files = Files.list(folder)) {
                assertTrue(files.allMatch(file -> file.getFileName().toString().matches("[0-9a-f]{32}")));
            }
        }
    }

    private String raw() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(home, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Nested
    class Standing {
        private List<Path> files() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.sorted().toList();
            }
        }

        private void fill() throws Exception {
            for (int i = 0; i < 40; i++) {
                shelf.put("doc" + i, "common number" + i);
            }
            update();
        }

        private void assertWhole() throws StoreException {
            update();
            assertEquals(40, index.search("common", 100).size());
            assertEquals(1, index.search("number17 ", 100).size());
        }

        @Test
        void anyFlippedByteOfAnyFileIsHealedByMakingTheIndexAnew() throws Exception {
            fill();
            index.close();
            Random random = new Random(1);
            for (int i = 0; i < 24; i++) {
                Path file = files().get(random.nextInt(files().size()));
                byte[] bytes = Files.readAllBytes(file);
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
                open();

                update();
                index.search("number17 ", 100);
                assertWhole();
                index.close();
            }
        }

        @Test
        void missingCutSwappedAndForeignFilesAreHealedToo() throws Exception {
            fill();
            index.close();
            Random random = new Random(2);
            for (int i = 0; i < 24; i++) {
                List<Path> files = files();
                Path file = files.get(random.nextInt(files.size()));
                Path other = files.get(random.nextInt(files.size()));
                switch (i % 4) {
                    case 0 -> Files.delete(file);
                    case 1 -> {
                        byte[] bytes = Files.readAllBytes(file);
                        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
                    }
                    case 2 -> {
                        if (!file.equals(other)) {
                            Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
                        }
                    }
                    default -> Files.writeString(folder.resolve("stranger" + i), "anything");
                }
                open();
                assertWhole();
                index.close();
            }
        }

        @Test
        void aDamageThatIsMetWhileSearchingIsHealed() throws Exception {
            fill();
            for (Path file : files()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int at = 200; at < bytes.length; at += 100) {
                    bytes[at] ^= 1;
                }
                Files.write(file, bytes);
            }
            reopen();

            index.search("number17 ", 100);
            assertWhole();
        }

        @Test
        void anOlderCopyOfTheIndexIsNotTrusted() throws Exception {
            fill();
            index.close();
            Path copy = Files.createDirectory(home.resolve("copy"));
            for (Path file : files()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
            Anchor.Point before = shelf.point;
            open();
            Id secret = shelf.put("late", "common latecomer");
            update();
            shelf.remove(secret);
            update();
            index.close();
            for (Path file : files()) {
                Files.delete(file);
            }
            try (Stream<Path> files = Files.list(copy)) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }

            open();

            assertTrue(before != null && shelf.point != null);
            assertNotEquals(before.index(), shelf.point.index(), "made anew");
            assertWhole();
        }

        @Test
        void filesOfAnIndexBeforeDoNotOpenInTheOneAfter() throws Exception {
            fill();
            index.close();
            byte[] old = Files.readAllBytes(files().getFirst());
            shelf.point = null;
            open();
            fill();
            index.close();
            Files.write(files().getFirst(), old);
            shelf.opened.set(0);

            open();
            update();

            assertTrue(shelf.opened.get() >= 40, "made anew");
        }

        @Test
        void afterTheLockNothingAnswers() throws Exception {
            fill();
            index.close();

            for (Executable call : List.<Executable>of(
                    () -> index.search("common", 5), SearchIndexTest.this::update, index::expunge)) {
                assertEquals(
                        StoreException.Why.CLOSED,
                        assertThrows(StoreException.class, call).why());
            }
            index.close();
        }

        @Test
        void theLockEndsAnUpdateThatIsUnderWay() throws Exception {
            for (int i = 0; i < 5_000; i++) {
                shelf.put("doc" + i, "text ".repeat(100));
            }
            CountDownLatch begun = new CountDownLatch(1);
            List<StoreException> ends = new ArrayList<>();
            Thread work = Thread.ofPlatform().start(() -> {
                try {
                    index.update(shelf, (done, total) -> begun.countDown());
                } catch (StoreException e) {
                    ends.add(e);
                }
            });
            begun.await();

            index.close();
            work.join();

            assertEquals(
                    List.of(StoreException.Why.CLOSED),
                    ends.stream().map(StoreException::why).toList());
            open();
            update();
            assertEquals(100, index.search("text", 100).size());
        }
    }
}
