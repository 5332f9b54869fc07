package strongroom.vault.seal.mac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.platform.Headers;
import strongroom.vault.platform.NativeLibrary;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.KeySealerContract;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;

/// The sealer over a model of Apple's two frameworks, compiled for this machine: shows that all it makes is
/// released and that functions are called as the model has them. Whether Apple has them so, it cannot show.
class EnclaveModelIT extends KeySealerContract {
    @TempDir
    private static Path folder = Path.of("");

    private static NativeLibrary model = new NativeLibrary("");

    private final KeySealer keychain = new MemorySealer(random, SealKind.KEYSTORE, Integer.MAX_VALUE);

    @BeforeAll
    static void compile() throws Exception {
        model = new NativeLibrary(Headers.ofLinux()
                .compile(EnclaveModelIT.class, "security.c", folder)
                .toString());
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(0, model.function("model_live_objects").callInt());
    }

    @Override
    protected KeySealer sealer() {
        return new SecureEnclaveSealer(model, model, keychain, random);
    }

    @Test
    void whatAnotherEnclaveWrappedIsForeign() throws Exception {
        CoreFoundation core = new CoreFoundation(model);
        byte[] wrapped;
        byte[] other;
        try (EnclaveKey one = EnclaveKey.create(model, core);
                EnclaveKey two = EnclaveKey.create(model, core)) {
            wrapped = one.wrapped();
            try (var secret = bytes(32)) {
                other = two.encrypt(secret);
            }
        }
        byte[] elsewhere = wrapped.clone();
        elsewhere[7] = 1;

        SecurityRefusal wrong = assertThrows(SecurityRefusal.class, () -> EnclaveKey.open(model, core, elsewhere)
                .close());
        assertEquals(Why.FOREIGN, wrong.translate().why());
        try (EnclaveKey one = EnclaveKey.open(model, core, wrapped)) {
            wrong = assertThrows(SecurityRefusal.class, () -> one.decrypt(other).close());
            assertEquals(Why.FOREIGN, wrong.translate().why());
        }
    }

    @Test
    void aMissingEntitlementIsSaidToBeOne() {
        assertEquals(
                Why.NOT_PERMITTED,
                new SecurityRefusal("a call", "NSOSStatusErrorDomain", -34018)
                        .translate()
                        .why());
    }

    @Test
    void aSystemWithoutTheFrameworksHasNoSuchPart() {
        NativeLibrary nothing = new NativeLibrary("/nonexistent/Security");
        KeySealer sealer = new SecureEnclaveSealer(nothing, nothing, keychain, random);

        assertEquals(
                Why.ABSENT, assertThrows(SealException.class, sealer::check).why());
    }
}
