package strongroom.vault.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;

class RecoverySlotTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant MADE = Instant.ofEpochMilli(1_795_000_000_000L);

    @TempDir
    private Path folder;

    private final SecretBytes root = SecretBytes.random(32, RANDOM);
    private final RecoveryCode code = RecoveryCode.random(RANDOM);
    private Path file = Path.of("");

    @BeforeEach
    void aSlot() throws Exception {
        file = folder.resolve(RecoverySlot.FILE);
        RecoverySlot.wrap(code, root, MADE, RANDOM).write(file);
    }

    @AfterEach
    void close() {
        root.close();
        code.close();
    }

    @Test
    void itsCodeOpensItAndNoOtherDoes() throws Exception {
        RecoverySlot slot = RecoverySlot.read(file);

        try (SecretBytes opened = slot.open(code);
                RecoveryCode other = RecoveryCode.random(RANDOM)) {
            assertTrue(opened.matches(root));
            assertThrows(NotAuthenticException.class, () -> slot.open(other).close());
        }
        assertEquals(MADE, slot.made());
    }

    @Test
    void everyChangedByteAndEveryCutIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            assertRefused(changed);
            assertRefused(Arrays.copyOf(whole, i));
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 1));
    }

    private void assertRefused(byte[] bytes) throws Exception {
        Files.write(file, bytes);
        try (SecretBytes opened = RecoverySlot.read(file).open(code)) {
            throw new AssertionError("opened with " + opened.size() + " bytes");
        } catch (MalformedException | NotAuthenticException expected) {
            // One of the two, by where it was changed.
        }
    }

    @Test
    void aSlotOfEveryDayIsNoRecoverySlotAndTheOtherWayRound() throws Exception {
        assertThrows(MalformedException.class, () -> SlotFile.read(file));
        Files.write(file, "SRSLOT1\0 and more".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThrows(MalformedException.class, () -> RecoverySlot.read(file));
    }

    @Test
    void twoSlotsOfOneCodeHaveNothingInCommonButTheStore() throws Exception {
        byte[] first = Files.readAllBytes(file);
        RecoverySlot.wrap(code, root, MADE, RANDOM).write(file);
        byte[] second = Files.readAllBytes(file);

        assertTrue(!Arrays.equals(first, 8, 24, second, 8, 24));
        assertTrue(Arrays.equals(first, 24, 40, second, 24, 40));
        assertTrue(!Arrays.equals(first, 52, first.length, second, 52, second.length));
    }

    /// The same as `docs/vault-format.md` says, by hand: what another reader has to do.
    @Test
    void aSlotThatWasWrittenBeforeIsStillRead() throws Exception {
        Files.write(file, HexFormat.of().parseHex(KNOWN_SLOT));

        try (RecoveryCode known = RecoveryCode.read(KNOWN_CODE.toCharArray());
                SecretBytes opened = RecoverySlot.read(file).open(known)) {
            assertEquals("07".repeat(32), opened.<String, RuntimeException>use(HexFormat.of()::formatHex));
        }
    }

    // Made by a program of its own from docs/vault-format.md.
    private static final String KNOWN_CODE = "QYYJA-TEW0P-TGFE2-0JKNS-9K1E1-G191R-XXJEN";
    private static final String KNOWN_SLOT =
            "5352534c4f545231000102030405060708090a0b0c0d0e0ff516334a3764f3b2ceb75d78ae36b54c"
                    + "000001a1ee565e000000003c6465666768696a6b6c6d6e6fdc11cd43af65578d6fd4672ea89ced3b"
                    + "ff34f69a0096e38bce6e414983b6121ce94580db70324cca8f71414604348b32";
}
