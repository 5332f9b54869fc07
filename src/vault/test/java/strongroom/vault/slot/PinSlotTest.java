package strongroom.vault.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.SealException;

class PinSlotTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private final MemorySealer sealer = new MemorySealer(RANDOM, 100);
    private final SecretBytes root = SecretBytes.random(32, RANDOM);
    private final SecretBytes before = pin("482913");
    private final SecretBytes after = pin("715204");
    private Path slot;
    private Path retired;

    @BeforeEach
    void aSlot() throws Exception {
        slot = folder.resolve(SlotFile.DAILY);
        retired = folder.resolve(SlotFile.RETIRED);
        PinSlot.create(slot, before, root, sealer, null, RANDOM);
    }

    @AfterEach
    void close() {
        root.close();
        before.close();
        after.close();
    }

    @Test
    void aSlotOpensWithItsPinAlone() throws Exception {
        assertOpens(before);
        assertEquals(SealException.Why.WRONG_AUTHORISATION, refusal(after));
    }

    @Test
    void anotherPinTakesThePlaceOfThePresentOne() throws Exception {
        change();

        assertOpens(after);
        assertEquals(SealException.Why.WRONG_AUTHORISATION, refusal(before));
        assertFalse(Files.exists(retired));
        assertEquals(1, sealer.kept());
    }

    @Test
    void anEarlierCopyOfTheFolderOpensNothingAfterAChange() throws Exception {
        byte[] copy = Files.readAllBytes(slot);
        change();

        Files.write(slot, copy);

        assertEquals(SealException.Why.FOREIGN, refusal(before));
    }

    @Test
    void cutOffBeforeThereIsANewSlotThePresentPinStays() throws Exception {
        Files.copy(slot, retired);

        PinSlot.finishReplacing(slot, sealer);

        assertOpens(before);
        assertFalse(Files.exists(retired));
    }

    @Test
    void cutOffBeforeTheEarlierOneIsDestroyedThatIsDoneLater() throws Exception {
        PinSlot.replace(slot, after, root, sealer, null, RANDOM);
        assertEquals(2, sealer.kept());
        sealer.setAbsent(true);
        assertThrows(SealException.class, () -> PinSlot.finishReplacing(slot, sealer));
        assertTrue(Files.exists(retired));
        sealer.setAbsent(false);

        PinSlot.finishReplacing(slot, sealer);

        assertOpens(after);
        assertEquals(1, sealer.kept());
    }

    @Test
    void aNewSlotThatCannotBeWrittenLeavesNothingBehind() throws Exception {
        Path nowhere = folder.resolve("no such folder").resolve(SlotFile.DAILY);

        assertThrows(IOException.class, () -> PinSlot.create(nowhere, after, root, sealer, null, RANDOM));

        assertEquals(1, sealer.kept());
        assertOpens(before);
    }

    @Test
    void aRetiredSlotThatNobodyHereSealedIsNoObstacle() throws Exception {
        PinSlot.replace(slot, after, root, sealer, null, RANDOM);
        sealer.clear();
        PinSlot.create(folder.resolve("elsewhere"), before, root, new MemorySealer(RANDOM, 1), null, RANDOM);
        Files.copy(folder.resolve("elsewhere"), retired, StandardCopyOption.REPLACE_EXISTING);

        PinSlot.finishReplacing(slot, sealer);

        assertFalse(Files.exists(retired));
    }

    @Test
    void whatIsLeftOfARetiredSlotIsNoObstacle() throws Exception {
        Files.write(retired, new byte[] {1, 2, 3});

        change();

        assertOpens(after);
        assertFalse(Files.exists(retired));
    }

    private void change() throws Exception {
        PinSlot.replace(slot, after, root, sealer, null, RANDOM);
        PinSlot.finishReplacing(slot, sealer);
    }

    private void assertOpens(SecretBytes pin) throws Exception {
        try (SecretBytes opened = PinSlot.open(SlotFile.read(slot), pin, sealer, ShareSource.none())) {
            assertTrue(opened.matches(root));
        }
    }

    private SealException.Why refusal(SecretBytes pin) {
        return assertThrows(
                        SealException.class, () -> PinSlot.open(SlotFile.read(slot), pin, sealer, ShareSource.none())
                                .close())
                .why();
    }

    private static SecretBytes pin(String characters) {
        return SecretBytes.ofAndZero(characters.toCharArray());
    }
}
