package strongroom.desktop.enrol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import strongroom.desktop.SameThread;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.vault.client.Library;

class EnrolViewModelTest {
    private final FakeVaultClient client = new FakeVaultClient(Clock.systemUTC());
    private final List<Library> opened = new ArrayList<>();
    private final EnrolViewModel model =
            new EnrolViewModel(client, new SameThread().work(), Clock.systemUTC(), opened::add);

    @Test
    void aRightCodeShowsOrganisationAndPersonToConfirm() {
        inspect(FakeVaultClient.CODE);

        assertEquals(EnrolViewModel.Step.CONFIRM, model.stepProperty().get());
        assertEquals("Lovelace & Partners", model.organisationProperty().get());
        assertEquals("Ada Byron", model.personProperty().get());
    }

    @Test
    void aWrongCodeIsSaid() {
        inspect("nonsense");

        assertEquals(EnrolViewModel.Step.CODE, model.stepProperty().get());
        assertTrue(model.messageProperty().get().contains("mistyped"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://plain.example.org", "not an address", "https://", "ftp://x"})
    void anAddressThatIsNotSecureOrNotOneIsRefused(String address) {
        model.serverProperty().set(address);
        model.codeProperty().set(FakeVaultClient.CODE);

        model.inspect();

        assertEquals(EnrolViewModel.Step.CODE, model.stepProperty().get());
        assertTrue(model.messageProperty().get().startsWith("That is not an address"));
    }

    @Test
    void aPinThatDiffersOrIsShortIsRefusedAndZeroed() {
        inspect(FakeVaultClient.CODE);
        model.confirm();
        char[] pin = "482913".toCharArray();
        char[] other = "482914".toCharArray();
        char[] shortPin = "4829".toCharArray();

        model.enrol(pin, other);
        assertEquals(
                "The two PINs are not the same. Enter them again.",
                model.messageProperty().get());
        model.enrol(shortPin, "4829".toCharArray());
        assertEquals(
                "The PIN needs at least 6 characters.", model.messageProperty().get());

        assertArrayEquals(new char[6], pin);
        assertArrayEquals(new char[6], other);
        assertArrayEquals(new char[4], shortPin);
    }

    @Test
    void enrolmentEndsOnAPageThatLeadsToTheDocuments() {
        inspect(FakeVaultClient.CODE);
        model.confirm();
        model.deviceNameProperty().set("ada-laptop");

        model.enrol("482913".toCharArray(), "482913".toCharArray());
        assertEquals(EnrolViewModel.Step.DONE, model.stepProperty().get());
        assertTrue(opened.isEmpty());

        model.finish();
        assertEquals(1, opened.size());
    }

    @Test
    void aCodeFileGivesCodeAndServer(@TempDir Path disk) throws Exception {
        Path file = Files.writeString(
                disk.resolve("code.txt"), "# for Ada\nhttps://strongroom.example.org:8443\nSR4K-9PLW-\n2MTX-77QD\n");

        model.readCode(file);

        assertEquals(
                "https://strongroom.example.org:8443", model.serverProperty().get());
        assertEquals(FakeVaultClient.CODE, model.codeProperty().get());
    }

    @Test
    void aCodeFileThatIsGoneIsSaid(@TempDir Path disk) {
        model.readCode(disk.resolve("gone.txt"));

        assertTrue(model.messageProperty().get().contains("gone.txt"));
    }

    private void inspect(String code) {
        model.serverProperty().set("https://strongroom.example.org");
        model.codeProperty().set(code);
        model.inspect();
    }
}
