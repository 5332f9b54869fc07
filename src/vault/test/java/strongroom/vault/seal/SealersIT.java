package strongroom.vault.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.tpm.Swtpm;
import strongroom.vault.seal.tpm.TpmAddress;

/// Which sealer a machine gets. This one has no session bus that anybody listens at.
@Timeout(60)
class SealersIT {
    private static final String BUS_PROPERTY = "DBUS_SESSION_BUS_ADDRESS";

    private final SecureRandom random = new SecureRandom();

    @AfterEach
    void forgetBus() {
        System.clearProperty(BUS_PROPERTY);
    }

    @Test
    void aTpmThatWorksIsTaken() throws Exception {
        try (Swtpm tpm = Swtpm.atSocket()) {
            assertEquals(
                    SealKind.TPM, Sealers.forThisMachine(tpm.address(), random).kind());
        }
    }

    @Test
    void aTpmThatWasNamedAndIsNotThereIsNotReplacedByAnything() {
        TpmAddress gone = new TpmAddress.UnixEmulator(Path.of("/nonexistent/tpm"));

        SealException refused = assertThrows(SealException.class, () -> Sealers.forThisMachine(gone, random));

        assertEquals(Why.ABSENT, refused.why());
    }

    @Test
    void withoutTpmAndKeyringThePassphraseRemains() throws Exception {
        System.setProperty(BUS_PROPERTY, "unix:path=/nonexistent/bus");

        assertEquals(
                SealKind.PASSPHRASE,
                Sealers.forThisMachine(new TpmAddress.None(), random).kind());
    }

    @Test
    void aChipTakesThePlaceOfWhatIsWeakerAndNothingElseDoes() throws Exception {
        System.setProperty(BUS_PROPERTY, "unix:path=/nonexistent/bus");
        try (Swtpm tpm = Swtpm.atSocket()) {
            for (SealKind weaker : new SealKind[] {SealKind.KEYSTORE, SealKind.PASSPHRASE}) {
                assertEquals(
                        Optional.of(SealKind.TPM),
                        Sealers.strongerThan(weaker, tpm.address(), random).map(KeySealer::kind));
                assertTrue(Sealers.strongerThan(weaker, new TpmAddress.None(), random)
                        .isEmpty());
            }
            assertTrue(Sealers.strongerThan(SealKind.TPM, tpm.address(), random).isEmpty());
        }
    }

    @Test
    void whatHasGoneIsSaidToBeAbsentAndNothingStepsIn() {
        System.setProperty(BUS_PROPERTY, "unix:path=/nonexistent/bus");
        for (SealKind kind : new SealKind[] {SealKind.TPM, SealKind.KEYSTORE}) {
            KeySealer sealer = Sealers.of(kind, new TpmAddress.None(), random);

            assertEquals(kind, sealer.kind());
            assertEquals(
                    Why.ABSENT, assertThrows(SealException.class, sealer::check).why());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAnotherSystemSealedIsAbsentHereAndNothingStepsIn() throws Exception {
        System.setProperty(BUS_PROPERTY, "unix:path=/nonexistent/bus");
        TpmAddress system = new TpmAddress.SystemProvider();
        for (SealKind kind : new SealKind[] {SealKind.TPM, SealKind.SECURE_ENCLAVE}) {
            KeySealer sealer = Sealers.of(kind, system, random);

            assertEquals(kind, sealer.kind());
            assertEquals(
                    Why.ABSENT, assertThrows(SealException.class, sealer::check).why());
        }
        assertEquals(SealKind.PASSPHRASE, Sealers.forThisMachine(system, random).kind());
    }

    @Test
    void aSessionWithoutAnyBusHasNoKeyring() {
        if (System.getenv(BUS_PROPERTY) == null) {
            KeySealer sealer = Sealers.of(SealKind.KEYSTORE, new TpmAddress.None(), random);

            assertEquals(
                    Why.ABSENT, assertThrows(SealException.class, sealer::check).why());
        }
    }
}
