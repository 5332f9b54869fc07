package strongroom.desktop.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.desktop.SameThread;
import strongroom.desktop.document.Content;
import strongroom.desktop.document.DocumentViewModel;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Samples;
import strongroom.vault.client.Assurance;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.EarlierVersion;
import strongroom.vault.client.Entry;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.SyncState;

class LibraryViewModelTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T22:00:00Z"), ZoneOffset.UTC);

    private final SameThread thread = new SameThread();
    private final FakeVaultClient client = new FakeVaultClient(CLOCK);
    private final Place place = new Place();
    private final SimpleObjectProperty<ClientState> state =
            new SimpleObjectProperty<>(new ClientState.Unlocked("Ada Byron", Assurance.HARDWARE, null));
    private final SimpleObjectProperty<SyncState> sync = new SimpleObjectProperty<>(new SyncState.Unknown());
    private LibraryViewModel model;

    @BeforeEach
    void open() {
        Samples.fill(client.library(), CLOCK.instant());
        model = make();
    }

    @Test
    void foldersComeBeforeDocumentsWhateverTheOrder() {
        for (Order order : Order.values()) {
            model.listing().sort(order, false);
            List<Boolean> kinds =
                    model.listing().rows().stream().map(Entry::isFolder).toList();
            assertEquals(kinds.stream().sorted((a, b) -> Boolean.compare(b, a)).toList(), kinds);
        }
    }

    @Test
    void namesAreSortedAsAReaderWould() {
        List<String> documents = model.listing().rows().stream()
                .filter(entry -> !entry.isFolder())
                .map(Entry::name)
                .toList();

        assertEquals("Budget.xlsx", documents.getFirst());
        assertTrue(documents.indexOf("server.log") < documents.indexOf("Site photograph.png"));
    }

    @Test
    void wordsInTheBoxBringWhatIsFoundAndTheUserComesBackToWhereHeWas() {
        model.open(row("Clients"));
        look("will");
        assertEquals(Section.SEARCH, model.sectionProperty().get());

        model.search().clear();

        assertEquals(Section.FOLDER, model.sectionProperty().get());
        assertEquals(List.of("", "Clients"), path());
        model.openTrash();
        look("will");
        model.search().clear();
        assertEquals(Section.TRASH, model.sectionProperty().get());
    }

    @Test
    void anOpenedHitComesBackToWhatWasFound() {
        look("meeting");
        model.search().open();
        assertNotNull(model.documentProperty().get());

        model.closeDocument();

        assertEquals(Section.SEARCH, model.sectionProperty().get());
        assertEquals("meeting", model.search().queryProperty().get());
    }

    @Test
    void typingOnClosesTheDocumentThatWasFound() {
        look("meeting");
        model.search().open();

        look("meeting notes");

        assertNull(model.documentProperty().get());
        assertEquals(1, model.search().hits().size());
    }

    @Test
    void aHitIsShownInItsFolder() {
        look("will");

        model.showInFolder(model.search().hits().getFirst().entry());

        assertEquals(Section.FOLDER, model.sectionProperty().get());
        assertEquals(List.of("", "Clients", "Byron estate"), path());
        assertEquals("Will.pdf", model.listing().selection().getFirst().name());
        assertEquals("", model.search().queryProperty().get());
    }

    @Test
    void noWordAndNoHitSurvivesTheLock() {
        look("meeting");
        model.search().open();

        model.close();

        assertEquals("", model.search().queryProperty().get());
        assertEquals(List.of(), model.search().hits());
        assertNull(model.search().chosenProperty().get());
        LibraryViewModel again = make();
        assertEquals("", again.search().queryProperty().get());
        assertNotNull(again.documentProperty().get(), "the document is open again, as any is");
    }

    @Test
    void openingAFolderGoesThereAndUpComesBackWithTheFolderSelected() {
        model.open(row("Clients"));
        assertEquals(List.of("", "Clients"), path());

        model.listing().up();

        assertEquals(List.of(""), path());
        assertEquals("Clients", model.listing().selection().getFirst().name());
    }

    @Test
    void afterALockTheUserIsBackInTheSamePlace() {
        model.open(row("Clients"));
        model.listing().select(List.of(row("Byron estate")));
        model.close();

        LibraryViewModel again = make();

        assertEquals("Clients", again.listing().path().getLast().name());
        assertEquals("Byron estate", again.listing().selection().getFirst().name());
    }

    @Test
    void anOpenDocumentIsOpenAgainAfterALock() {
        model.open(row("Meeting notes.md"));
        model.close();

        LibraryViewModel again = make();

        DocumentViewModel document = again.documentProperty().get();
        assertNotNull(document);
        assertEquals("Meeting notes.md", document.entry().name());
        assertInstanceOf(Content.Lines.class, document.contentProperty().get());
    }

    @Test
    void aClosedDocumentForgetsItsContent() {
        model.open(row("Meeting notes.md"));
        DocumentViewModel document = model.documentProperty().get();
        assertNotNull(document);

        model.closeDocument();

        assertInstanceOf(Content.Nothing.class, document.contentProperty().get());
        assertNull(model.documentProperty().get());
    }

    @Test
    void aFolderRemovedElsewhereLeadsToTheTopmostOne() throws Exception {
        Entry clients = row("Clients");
        model.open(clients);

        client.library().remove(clients.id());
        thread.tick();

        assertEquals(List.of(""), path());
    }

    @Test
    void anImportEndsInANoticeAndSelectsWhatCame(@TempDir Path disk) throws Exception {
        Path file = Files.writeString(disk.resolve("new.txt"), "hello");

        model.commands().importFrom(List.of(file), model.listing().folder());

        assertTrue(model.commands().jobs().isEmpty());
        assertEquals(
                "1 document was added", model.commands().notices().getFirst().text());
        assertEquals("new.txt", model.listing().selection().getFirst().name());
    }

    @Test
    void whatCouldNotBeImportedIsNamed(@TempDir Path disk) throws Exception {
        Path file = Files.writeString(disk.resolve("new.txt"), "hello");

        model.commands()
                .importFrom(
                        List.of(file, disk.resolve("gone.txt")), model.listing().folder());

        Notice notice = model.commands().notices().getFirst();
        assertEquals("1 document was added, 1 was skipped", notice.text());
        assertTrue(notice.details().getFirst().contains("gone.txt"));
    }

    @Test
    void aNameThatIsTakenIsSaidAndNothingChanges() {
        model.commands().rename(row("Budget.xlsx"), "server.log");

        assertEquals(Notice.Tone.FAILED, model.commands().notices().getFirst().tone());
        assertNotNull(row("Budget.xlsx"));
    }

    @Test
    void whatWasDeletedCanBeBroughtBackByTheMessageThatSaysSo() {
        model.commands().remove(List.of(row("Budget.xlsx"), row("server.log")));
        Notice said = model.commands().notices().getFirst();
        assertEquals("2 things are in the trash", said.text());

        model.commands().undo();

        assertEquals(
                List.of("Budget.xlsx", "server.log"),
                model.listing().selection().stream().map(Entry::name).toList());
        assertFalse(model.commands().notices().contains(said), "it cannot be undone twice");
    }

    @Test
    void theTrashIsAPlaceOfItsOwnAndIsReturnedToAfterALock() {
        model.commands().remove(List.of(row("Budget.xlsx")));
        model.openTrash();
        assertEquals(Section.TRASH, model.sectionProperty().get());
        model.close();
        assertEquals(List.of(), model.trash().entries());

        LibraryViewModel again = make();

        assertEquals(Section.TRASH, again.sectionProperty().get());
        assertEquals("Budget.xlsx", again.trash().entries().getFirst().name());
        again.openRoot();
        assertEquals(Section.FOLDER, again.sectionProperty().get());
        assertEquals(List.of(), again.trash().entries());
    }

    @Test
    void whatIsDeletedElsewhereAppearsInTheTrashWhileItIsShown() throws Exception {
        model.openTrash();

        client.library().remove(row("Budget.xlsx").id());
        thread.tick();

        assertEquals(1, model.trash().entries().size());
    }

    @Test
    void anEarlierVersionIsOpenedAsItWasAndRestoredFromThere() throws Exception {
        Entry present = client.library().replace(row("Meeting notes.md"), "short".getBytes(StandardCharsets.UTF_8));
        EarlierVersion first = client.library().history().versions(present.id()).getFirst();

        model.openVersion(present, first);

        DocumentViewModel open = model.documentProperty().get();
        assertNotNull(open);
        assertEquals("Version 1 of Meeting notes.md", open.title());
        Content.Lines lines =
                assertInstanceOf(Content.Lines.class, open.contentProperty().get());
        assertEquals("# Meeting of 20 November", lines.lines().getFirst());

        model.restoreVersion(open);

        assertNull(model.documentProperty().get());
        assertEquals(3, row("Meeting notes.md").version());
        assertEquals(2, client.library().history().versions(present.id()).size(), "the content before is kept");
        assertTrue(model.commands().notices().getFirst().text().contains("is kept as an earlier version"));
    }

    @Test
    void anOpenVersionIsNotOpenAgainAfterALock() throws Exception {
        Entry present = client.library().replace(row("Meeting notes.md"), "short".getBytes(StandardCharsets.UTF_8));
        model.openVersion(
                present, client.library().history().versions(present.id()).getFirst());
        model.close();

        assertNull(make().documentProperty().get());
    }

    @Test
    void afterTheLockNothingIsSaidAboutIt() {
        client.autoLock(true);
        client.lock(LockReason.IDLE);

        model.listing().refresh();

        assertTrue(model.commands().notices().isEmpty());
    }

    @Test
    void everyStateOfSynchronisationIsSaid() {
        sync.set(new SyncState.Offline(3, "No network."));
        assertEquals(
                "Offline, 3 changes wait", model.status().syncTextProperty().get());
        assertEquals("No network.", model.status().syncWhyProperty().get());

        sync.set(new SyncState.Denied("Somebody else answers."));
        assertEquals(
                StatusViewModel.Tone.DANGER, model.status().syncToneProperty().get());

        sync.set(new SyncState.Syncing(4, 0));
        assertEquals(
                "4 parts still to send, 0 to fetch.",
                model.status().syncWhyProperty().get());
    }

    @Test
    void theDigitsAreShownUntilTheKeysCome() {
        state.set(new ClientState.Unlocked("Ada Byron", Assurance.HARDWARE, "4831 9027 6588 9566"));
        assertEquals(
                "4831 9027 6588 9566", model.status().approvalCodeProperty().get());

        state.set(new ClientState.Unlocked("Ada Byron", Assurance.HARDWARE, null));
        assertEquals("", model.status().approvalCodeProperty().get());
    }

    @Test
    void aPreviewIsNotFetchedFromTheServer() {
        model.listing().select(List.of(row("Interview (online).m4a")));
        thread.tick();

        assertInstanceOf(
                Content.NoPreview.class, model.preview().contentProperty().get());
        assertFalse(row("Interview (online).m4a").local());
    }

    @Test
    void whatIsKeptIsFetchedAndStays() {
        Entry interview = row("Interview (online).m4a");
        model.listing().select(List.of(interview));
        assertFalse(model.commands().keptProperty().get());

        model.commands().keep(List.of(interview));

        assertTrue(row("Interview (online).m4a").local());
        assertTrue(model.commands().keptProperty().get());
        assertEquals(
                "“Interview (online).m4a” stays on this laptop",
                model.commands().notices().getLast().text());
        assertEquals(List.of(), model.commands().jobs());
    }

    @Test
    void whatBecomesOnlineOnlyIsListedAndNotKept() {
        Entry budget = row("Budget.xlsx");
        model.commands().keep(List.of(budget));

        model.commands().makeOnlineOnly(List.of(budget));

        assertFalse(row("Budget.xlsx").local());
        model.listing().select(List.of(row("Budget.xlsx")));
        assertFalse(model.commands().keptProperty().get());
        assertTrue(model.commands().notices().getLast().text().startsWith("“Budget.xlsx” is online-only; "));
        model.commands().makeOnlineOnly(List.of(row("Budget.xlsx")));
        assertTrue(model.commands().notices().getLast().text().startsWith("Nothing became free"));
    }

    @Test
    void whatIsInAKeptFolderIsKept() {
        model.commands().keep(List.of(row("Clients")));
        model.open(row("Clients"));

        model.listing().select(List.of(model.listing().rows().getFirst()));

        assertTrue(model.commands().keptProperty().get());
    }

    private void look(String words) {
        model.search().queryProperty().set(words);
        thread.tick();
    }

    private LibraryViewModel make() {
        return new LibraryViewModel(client.library(), client, thread.work(), CLOCK, place, state, sync);
    }

    private Entry row(String name) {
        return model.listing().rows().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> path() {
        return model.listing().path().stream().map(Entry::name).toList();
    }
}
