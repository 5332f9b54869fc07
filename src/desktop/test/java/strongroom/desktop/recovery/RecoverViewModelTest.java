package strongroom.desktop.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.SameThread;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Library;
import strongroom.vault.client.LockReason;
import strongroom.vault.client.Problem;
import strongroom.vault.client.RecoveryState;

class RecoverViewModelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");
    private static final String PIN = "a longer passphrase";

    private final FakeVaultClient client =
            FakeVaultClient.locked(Clock.fixed(NOW, ZoneOffset.UTC), "482913", LockReason.STARTED);
    private final SameThread thread = new SameThread();
    private final List<Library> opened = new ArrayList<>();

    @BeforeEach
    void aSheetCounts() {
        client.recovery(new RecoveryState.Sheet("3f2a91c0", NOW));
    }

    @Test
    void itIsOfferedWhereThereIsACodeAndTheSheetIsNamed() {
        RecoverViewModel model = model();

        assertTrue(model.offeredProperty().get());
        assertTrue(model.explanationProperty().get().startsWith("Type the code of sheet 3f2a91c0."));
        client.recovery(new RecoveryState.ByAdministrators());
        RecoverViewModel other = model();
        assertFalse(other.offeredProperty().get());
        other.open();
        assertFalse(other.openProperty().get());
    }

    @Test
    void theCodeOpensForANewPinAndEverythingTypedIsZeroed() {
        RecoverViewModel model = model();
        char[] code = FakeVaultClient.RECOVERY_CODE.toCharArray();
        char[] pin = PIN.toCharArray();
        char[] repeated = PIN.toCharArray();

        model.recover(code, pin, repeated);

        assertEquals(1, opened.size());
        assertArrayEquals(new char[41], code);
        assertArrayEquals(new char[PIN.length()], pin);
        assertArrayEquals(new char[PIN.length()], repeated);
    }

    @Test
    void twoDifferentPinsAreNotTried() {
        RecoverViewModel model = model();
        char[] code = FakeVaultClient.RECOVERY_CODE.toCharArray();
        char[] pin = PIN.toCharArray();

        model.recover(code, pin, "another passphrase!".toCharArray());

        assertEquals(
                "The two PINs are not the same. Enter them again.",
                model.messageProperty().get());
        assertFalse(model.mistypedProperty().get());
        assertArrayEquals(new char[41], code);
        assertArrayEquals(new char[PIN.length()], pin);
        assertTrue(opened.isEmpty());
    }

    @Test
    void aSlipOfTheHandIsNamedBeforeAPinIsThoughtOf() {
        RecoverViewModel model = model();
        char[] code = FakeVaultClient.RECOVERY_CODE.toCharArray();
        code[13] = '4';

        model.look(code);

        assertEquals(
                "Group 3 of the recovery code is mistyped. Compare it with your sheet.",
                model.messageProperty().get());
        assertTrue(model.mistypedProperty().get());
        assertArrayEquals(new char[41], code);
        model.look(FakeVaultClient.RECOVERY_CODE.toCharArray());
        assertEquals("", model.messageProperty().get());
        assertFalse(model.mistypedProperty().get());
    }

    @Test
    void theCodeOfAnotherSheetIsToldApartFromAPinThatIsRefused() {
        RecoverViewModel model = model();

        model.recover("00000-00000-00000-00000-00000-00000-00000".toCharArray(), PIN.toCharArray(), PIN.toCharArray());

        assertEquals(
                "This is the code of another sheet.", model.messageProperty().get());
        assertTrue(model.mistypedProperty().get());

        var refusing = new RecoverViewModel(
                client::recovery,
                (_, _) -> {
                    throw new ClientException(Problem.PIN_REFUSED, "The PIN is too easy to guess.");
                },
                thread.work(),
                opened::add);
        refusing.recover(FakeVaultClient.RECOVERY_CODE.toCharArray(), PIN.toCharArray(), PIN.toCharArray());
        assertEquals("The PIN is too easy to guess.", refusing.messageProperty().get());
        assertFalse(refusing.mistypedProperty().get());
        assertFalse(refusing.busyProperty().get());
    }

    @Test
    void theWayBackToThePinForgetsWhatWasSaid() {
        RecoverViewModel model = model();
        model.open();
        model.look("00000".toCharArray());

        model.back();

        assertFalse(model.openProperty().get());
        assertEquals("", model.messageProperty().get());
    }

    @Test
    void thePinIsAsLongAsWhereNothingCounts() {
        assertEquals(12, model().shortest());
    }

    private RecoverViewModel model() {
        return new RecoverViewModel(client::recovery, client::recover, thread.work(), opened::add);
    }
}
