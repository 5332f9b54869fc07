package strongroom.vault.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import strongroom.protocol.VerifyingKey;
import strongroom.vault.seal.SealException.Why;

/// What signing keys in a machine promise, run against the TPM's and against the fake.
public abstract class MachineKeysContract {
    private static final byte[] MESSAGE = "a statement of this device".getBytes(StandardCharsets.UTF_8);

    protected final SecureRandom random = new SecureRandom();

    /// The keys under test.
    protected abstract MachineKeys keys() throws Exception;

    protected static byte[] sign(PrivateKey key, byte[] message) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(message, 0, 5);
        signature.update(message, 5, message.length - 5);
        return signature.sign();
    }

    protected static Why refusal(MachineKeys keys, byte[] kept) {
        return assertThrows(SealException.class, () -> keys.open(kept)).why();
    }

    private static PublicKey jdk(VerifyingKey key) throws Exception {
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key.toByteArray()));
    }

    @Test
    public void aSignatureVerifiesInTheJdkAndInTheProtocol() throws Exception {
        MachineKeys keys = keys();
        MachineKeys.Made made = keys.make();

        PrivateKey key = keys.open(made.kept());
        // Every eighth number begins with a zero bit less or more, and DER must say so.
        for (int i = 0; i < 12; i++) {
            byte[] signature = sign(key, MESSAGE);
            assertTrue(made.key().verifies(MESSAGE, signature));
            assertFalse(made.key().verifies(new byte[10], signature));
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(jdk(made.key()));
            verifier.update(MESSAGE);
            assertTrue(verifier.verify(signature));
        }
        keys.destroy(made.kept());
    }

    @Test
    public void everyKeyIsAnother() throws Exception {
        MachineKeys keys = keys();
        MachineKeys.Made one = keys.make();
        MachineKeys.Made other = keys.make();

        assertNotEquals(one.key(), other.key());
        assertFalse(other.key().verifies(MESSAGE, sign(keys.open(one.kept()), MESSAGE)));
        keys.destroy(one.kept());
        keys.destroy(other.kept());
    }

    @Test
    public void whatWasDestroyedSignsNothingFromACopyAndNothingElseIsHurt() throws Exception {
        MachineKeys keys = keys();
        MachineKeys.Made made = keys.make();
        MachineKeys.Made other = keys.make();
        byte[] copy = made.kept().clone();
        PrivateKey opened = keys.open(made.kept());

        keys.destroy(made.kept());
        keys.destroy(made.kept());

        assertEquals(Why.FOREIGN, refusal(keys, copy));
        SignatureException refused = assertThrows(SignatureException.class, () -> sign(opened, MESSAGE));
        assertEquals(
                Why.FOREIGN,
                assertInstanceOf(SealException.class, refused.getCause()).why());
        assertTrue(other.key().verifies(MESSAGE, sign(keys.open(other.kept()), MESSAGE)));
        keys.destroy(other.kept());
    }

    @Test
    public void everyChangedByteAndEveryCutIsRefused() throws Exception {
        MachineKeys keys = keys();
        MachineKeys.Made made = keys.make();
        assertTrue(made.kept().length <= 4096);
        for (int i = 0; i < made.kept().length; i++) {
            byte[] changed = made.kept().clone();
            changed[i] ^= 0x04;
            byte[] cut = Arrays.copyOf(made.kept(), i);
            int at = i;
            assertThrows(SealException.class, () -> keys.open(changed), () -> "byte " + at);
            assertThrows(SealException.class, () -> keys.open(cut), () -> "length " + at);
        }
        keys.destroy(made.kept());
    }

    @Test
    public void severalThreadsSignInTurn() throws Exception {
        MachineKeys keys = keys();
        MachineKeys.Made made = keys.make();
        PrivateKey key = keys.open(made.kept());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] message = ("message " + i).getBytes(StandardCharsets.UTF_8);
                all.add(threads.submit(() -> made.key().verifies(message, sign(key, message))));
            }
            for (Future<Boolean> each : all) {
                assertTrue(each.get());
            }
        }
        keys.destroy(made.kept());
    }
}
