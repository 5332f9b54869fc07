package strongroom.desktop.trash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.SameThread;
import strongroom.desktop.fake.FakeLibrary;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.desktop.fake.Samples;
import strongroom.desktop.pin.PinAgainViewModel;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.TrashedEntry;

class TrashViewModelTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T22:00:00Z"), ZoneOffset.UTC);

    private final FakeVaultClient client = new FakeVaultClient(CLOCK);
    private final FakeLibrary library = client.library();
    private final List<String> done = new ArrayList<>();
    private final List<ClientException> failed = new ArrayList<>();
    private final PinAgainViewModel pinAgain = new PinAgainViewModel(client::provePin, new SameThread().work());
    private final TrashViewModel model =
            new TrashViewModel(library.history(), new SameThread().work(), CLOCK, pinAgain, done::add, failed::add);

    @BeforeEach
    void delete() throws Exception {
        Samples.fill(library, CLOCK.instant());
        library.remove(library.find("Budget.xlsx").id());
        library.remove(library.find("Clients").id());
        model.load();
    }

    @Test
    void aFolderAndWhatWasInItAreOneThing() {
        TrashedEntry clients = entry("Clients");

        assertEquals(2, model.entries().size());
        assertEquals(1, clients.documents());
        assertEquals(2, model.documents());
    }

    @Test
    void whatIsRestoredIsBackAndNoLongerInTheTrash() throws Exception {
        model.restore(List.of(entry("Budget.xlsx")));

        assertEquals(List.of("“Budget.xlsx” is back where it was"), done);
        assertEquals("Budget.xlsx", library.find("Budget.xlsx").name());
        assertEquals(1, model.entries().size());
        assertFalse(model.busyProperty().get());
    }

    @Test
    void whatIsDeletedForGoodIsNowhere() {
        model.purge(List.of(entry("Budget.xlsx")));

        assertEquals(List.of("“Budget.xlsx” is deleted for good"), done);
        assertThrows(ClientException.class, () -> library.find("Budget.xlsx"));
        assertEquals(1, model.entries().size());
    }

    @Test
    void anEmptyTrashSaysSo() {
        assertFalse(model.emptyProperty().get());

        model.empty();

        assertTrue(model.emptyProperty().get());
        assertEquals(List.of(), model.entries());
    }

    @Test
    void whatAnotherDeviceRestoredMeanwhileIsSaidAndTheListIsTrueAgain() throws Exception {
        TrashedEntry budget = entry("Budget.xlsx");
        library.history().restore(budget.id());

        model.restore(List.of(budget));

        assertEquals("It is not in the trash any more.", failed.getFirst().getMessage());
        assertEquals(1, model.entries().size());
    }

    @Test
    void whatWasForgottenIsNotThere() {
        model.forget();

        assertEquals(List.of(), model.entries());
        assertFalse(model.emptyProperty().get(), "it is not known to be empty");
    }

    private TrashedEntry entry(String name) {
        return model.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
