package strongroom.vault.seal.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.platform.Headers;
import strongroom.vault.platform.NativeLibrary;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The sealer over a model of ncrypt.dll, compiled for this machine by the headers of Windows: shows that
/// functions are called as those declare them, that every handle is freed and every key deleted. How Windows
/// behaves, it cannot show.
class PlatformModelIT extends KeySealerContract {
    @TempDir
    private static Path folder = Path.of("");

    private static NativeLibrary model = new NativeLibrary("");

    @BeforeAll
    static void compile() throws Exception {
        Headers headers = Headers.ofWindows("windows.h", "ncrypt.h");
        model = new NativeLibrary(
                headers.compile(PlatformModelIT.class, "ncrypt.c", folder).toString());
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(0, model.function("model_open_handles").callInt());
        assertEquals(0, model.function("model_kept_keys").callInt());
    }

    @Override
    protected KeySealer sealer() {
        model.function("model_forgive").callVoid();
        return new PlatformSealer(model, random);
    }

    @Test
    void tooManyWrongOnesPauseItAndAnotherSealIsNotHurt() throws Exception {
        KeySealer sealer = sealer();
        try (SecretBytes secret = bytes(32);
                SecretBytes right = bytes(32);
                SecretBytes wrong = bytes(32);
                SecretBytes none = nothing()) {
            byte[] sealed = sealer.seal(secret, right);
            byte[] ofTheMachine = sealer.seal(secret, none);
            for (int i = 0; i < 10; i++) {
                assertEquals(Why.WRONG_AUTHORISATION, refusal(sealer, sealed, wrong));
            }

            assertEquals(Why.PAUSED, refusal(sealer, sealed, right));
            sealer.unseal(ofTheMachine, none).close();
            model.function("model_forgive").callVoid();
            sealer.unseal(sealed, right).close();
            sealer.destroy(sealed);
            sealer.destroy(ofTheMachine);
        }
    }

    @Test
    void aSystemWithoutTheLibraryHasNoSuchPart() {
        KeySealer sealer = new PlatformSealer(new NativeLibrary("/nonexistent/ncrypt.dll"), random);

        assertEquals(
                Why.ABSENT, assertThrows(SealException.class, sealer::check).why());
    }
}
