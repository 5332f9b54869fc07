package strongroom.desktop.versions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import strongroom.desktop.SameThread;
import strongroom.desktop.fake.FakeLibrary;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.vault.client.EarlierVersion;
import strongroom.vault.client.Entry;

class VersionsViewModelTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T22:00:00Z"), ZoneOffset.UTC);

    private final FakeLibrary library = new FakeVaultClient(CLOCK).library();

    @Test
    void earlierVersionsAreListedTheNewestFirst() throws Exception {
        Entry first = library.put(library.root().id(), "plan.txt", text("one"), CLOCK.instant());
        Entry present = library.replace(library.replace(first, text("two")), text("three"));

        VersionsViewModel model = open(present);

        assertEquals(
                List.of(2, 1),
                model.versions().stream().map(EarlierVersion::number).toList());
        assertFalse(model.busyProperty().get());
    }

    @Test
    void aDocumentThatIsGoneIsSaid() throws Exception {
        Entry entry = library.put(library.root().id(), "plan.txt", text("one"), CLOCK.instant());
        library.remove(entry.id());

        VersionsViewModel model = open(entry);

        assertEquals(
                "There is no such document any more.", model.messageProperty().get());
    }

    @Test
    void closingForgetsThem() throws Exception {
        Entry entry = library.put(library.root().id(), "plan.txt", text("one"), CLOCK.instant());
        VersionsViewModel model = open(library.replace(entry, text("two")));

        model.close();

        assertEquals(List.of(), model.versions());
    }

    private VersionsViewModel open(Entry entry) {
        return new VersionsViewModel(library.history(), entry, new SameThread().work(), CLOCK);
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
