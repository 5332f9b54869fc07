package strongroom.desktop.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.fake.FakeLibrary;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Samples;
import strongroom.desktop.work.Work;
import strongroom.vault.client.Entry;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.SearchHit;
import strongroom.vault.client.SearchState;

/// Calls run when the test lets them, in the order it wants.
class SearchViewModelTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T22:00:00Z"), ZoneOffset.UTC);

    private final FakeVaultClient client = new FakeVaultClient(CLOCK);
    private final FakeLibrary library = client.library();
    private final List<Runnable> calls = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<Entry> opened = new ArrayList<>();
    private final Work work = new Work(calls::add, Runnable::run, (_, task) -> later.add(task));
    private final SearchViewModel model = new SearchViewModel(library.search(), work, opened::add);

    @BeforeEach
    void fill() {
        Samples.fill(library, CLOCK.instant());
    }

    @Test
    void nothingIsAskedWhileSomebodyTypes() {
        type("m");
        type("me");
        type("mee");
        assertEquals(0, calls.size());

        rest();

        assertEquals(1, calls.size());
        answer();
        assertEquals(List.of("Meeting notes.md"), names());
        assertEquals("1 found", model.summaryProperty().get());
    }

    @Test
    void anAnswerThatWasOvertakenIsDropped() {
        type("agreement");
        rest();
        type("meeting");
        rest();
        Runnable slow = calls.getFirst();
        calls.getLast().run();
        assertEquals(List.of("Meeting notes.md"), names());

        slow.run();

        assertEquals(List.of("Meeting notes.md"), names());
    }

    @Test
    void anAnswerThatComesAfterTheBoxWasEmptiedIsDropped() {
        type("meeting");
        rest();

        model.clear();
        answer();

        assertEquals(List.of(), model.hits());
        assertFalse(model.activeProperty().get());
    }

    @Test
    void aHitSaysWhereItIsAndMarksTheWords() {
        find("committee engine");

        SearchHit hit = model.hits().getFirst();
        assertEquals("", hit.folder());
        assertEquals(
                List.of("committee", "engine"),
                hit.marks().stream()
                        .map(mark -> hit.snippet().substring(mark.from(), mark.to()))
                        .limit(2)
                        .toList());
        find("will");
        assertEquals("Clients/Byron estate", model.hits().getFirst().folder());
    }

    @Test
    void enterOpensTheFirstHitEvenBeforeItIsThere() {
        type("agreement");
        model.open();
        rest();
        assertEquals(List.of(), opened);

        answer();

        assertEquals(List.of(model.hits().getFirst().entry()), opened);
        assertEquals(2, model.hits().size());
    }

    @Test
    void whoTypesOnAfterEnterIsNotInterrupted() {
        type("agreement");
        model.open();
        type("agreements");
        type("agreement");
        rest();

        answer();

        assertEquals(List.of(), opened);
    }

    @Test
    void whatIsChosenStaysChosenWhenTheDocumentsChange() throws Exception {
        find("agreement");
        SearchHit second = model.hits().getLast();
        model.choose(second);
        library.put(library.root().id(), "A new agreement.txt", text("new"), CLOCK.instant());

        model.refresh();
        answer();

        assertEquals(3, model.hits().size());
        assertEquals(second, model.chosenProperty().get());
    }

    @Test
    void changesThatComeFasterThanAnswersDoNotHoldUpTheAnswer() {
        type("agreement");
        rest();
        model.refresh();
        model.refresh();

        answer();

        assertEquals(2, model.hits().size());
        assertEquals(1, calls.size(), "it asks once more for all that came meanwhile");
    }

    @Test
    void nothingFoundIsSaidKindlyAndDifferentlyWhileDocumentsAreStillBeingRead() throws Exception {
        library.search().go(new SearchState(12, 340));
        assertEquals(
                "Still reading 12 of 340 documents for the search; what is in the others appears here by itself.",
                model.readingProperty().get());
        find("parliament");
        assertTrue(model.nothingProperty().get().startsWith("Not yet, at least"));

        library.put(library.root().id(), "Letter.txt", text("to parliament"), CLOCK.instant());
        library.search().go(new SearchState(340, 340));
        rest();
        answer();

        assertEquals("", model.readingProperty().get());
        assertEquals(List.of("Letter.txt"), names());
        assertEquals("", model.nothingProperty().get());
        find("xylophone");
        assertTrue(model.nothingProperty().get().startsWith("No name and no text"));
    }

    @Test
    void manyHitsAreCutAndThatIsSaid() throws Exception {
        for (int i = 0; i <= SearchViewModel.MOST; i++) {
            library.put(library.root().id(), "Receipt " + i + ".txt", text("paid"), CLOCK.instant());
        }

        find("receipt");

        assertEquals(SearchViewModel.MOST, model.hits().size());
        assertEquals(
                "The best 100 are shown; one more word narrows it down",
                model.summaryProperty().get());
    }

    @Test
    void closingForgetsTheWordsAndTheAnswer() {
        find("agreement");
        assertNotNull(model.chosenProperty().get());

        model.close();

        assertEquals("", model.queryProperty().get());
        assertEquals(List.of(), model.hits());
        assertNull(model.chosenProperty().get());
        assertEquals("", model.summaryProperty().get());
    }

    @Test
    void nothingIsSaidAboutALock() {
        type("agreement");
        rest();
        client.autoLock(true);
        client.lock(LockReason.IDLE);

        answer();

        assertEquals("", model.messageProperty().get());
        assertEquals(List.of(), model.hits());
    }

    private void find(String words) {
        type(words);
        rest();
        answer();
    }

    private void type(String words) {
        model.queryProperty().set(words);
    }

    private void rest() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    private void answer() {
        List<Runnable> due = List.copyOf(calls);
        calls.clear();
        due.forEach(Runnable::run);
    }

    private List<String> names() {
        return model.hits().stream().map(hit -> hit.entry().name()).toList();
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
