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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;

class PinSlotTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant SINCE = Instant.parse("2026-11-22T12:00:00Z");

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
        PinSlot.create(slot, new ChosenPin(before, SINCE), root, sealer, null, RANDOM);
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

    /// A damaged salt would make the right PIN wrong, and wrong PINs are counted.
    @Test
    void whereverItIsDamagedNoPinIsTried() throws Exception {
        byte[] whole = Files.readAllBytes(slot);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(slot, damaged);
            assertThrows(MalformedException.class, () -> SlotFile.read(slot), "byte " + i);
            Files.write(slot, Arrays.copyOf(whole, i));
            assertThrows(MalformedException.class, () -> SlotFile.read(slot), "cut at " + i);
        }
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

        PinSlot.finishReplacing(slot, _ -> sealer);

        assertOpens(before);
        assertFalse(Files.exists(retired));
    }

    @Test
    void cutOffBeforeTheEarlierOneIsDestroyedThatIsDoneLater() throws Exception {
        PinSlot.replace(slot, new ChosenPin(after, SINCE), root, sealer, _ -> sealer, null, RANDOM);
        assertEquals(2, sealer.kept());
        sealer.setAbsent(true);
        assertThrows(SealException.class, () -> PinSlot.finishReplacing(slot, _ -> sealer));
        assertTrue(Files.exists(retired));
        sealer.setAbsent(false);

        PinSlot.finishReplacing(slot, _ -> sealer);

        assertOpens(after);
        assertEquals(1, sealer.kept());
    }

    @Test
    void aNewSlotThatCannotBeWrittenLeavesNothingBehind() throws Exception {
        Path nowhere = folder.resolve("no such folder").resolve(SlotFile.DAILY);

        assertThrows(
                IOException.class,
                () -> PinSlot.create(nowhere, new ChosenPin(after, SINCE), root, sealer, null, RANDOM));

        assertEquals(1, sealer.kept());
        assertOpens(before);
    }

    @Test
    void aRetiredSlotThatNobodyHereSealedIsNoObstacle() throws Exception {
        PinSlot.replace(slot, new ChosenPin(after, SINCE), root, sealer, _ -> sealer, null, RANDOM);
        sealer.clear();
        PinSlot.create(
                folder.resolve("elsewhere"),
                new ChosenPin(before, SINCE),
                root,
                new MemorySealer(RANDOM, 1),
                null,
                RANDOM);
        Files.copy(folder.resolve("elsewhere"), retired, StandardCopyOption.REPLACE_EXISTING);

        PinSlot.finishReplacing(slot, _ -> sealer);

        assertFalse(Files.exists(retired));
    }

    @Test
    void whatIsLeftOfARetiredSlotIsNoObstacle() throws Exception {
        Files.write(retired, new byte[] {1, 2, 3});

        change();

        assertOpens(after);
        assertFalse(Files.exists(retired));
    }

    @Test
    void aStrongerSealerTakesThePlaceOfAnother() throws Exception {
        MemorySealer stronger = new MemorySealer(RANDOM, SealKind.KEYSTORE, 100);

        PinSlot.replace(slot, new ChosenPin(before, SINCE), root, stronger, both(stronger), null, RANDOM);

        assertEquals(SealKind.KEYSTORE, SlotFile.read(slot).kind());
        try (SecretBytes opened = PinSlot.open(SlotFile.read(slot), before, stronger, ShareSource.none())) {
            assertTrue(opened.matches(root));
        }
        PinSlot.finishReplacing(slot, both(stronger));
        assertEquals(0, sealer.kept());
        assertFalse(Files.exists(retired));
    }

    @Test
    void aStrongerSealerThatFailsLeavesTheSlotAsItWas() throws Exception {
        MemorySealer broken = new MemorySealer(RANDOM, SealKind.KEYSTORE, 100);
        broken.setAbsent(true);

        assertThrows(
                SealException.class,
                () -> PinSlot.replace(slot, new ChosenPin(before, SINCE), root, broken, both(broken), null, RANDOM));
        PinSlot.finishReplacing(slot, both(broken));

        assertOpens(before);
        assertFalse(Files.exists(retired));
    }

    @Test
    void whatAPartThatForgotEverythingSealedIsNoObstacle() throws Exception {
        TpmLike cleared = new TpmLike(sealer);
        PinSlot.replace(slot, new ChosenPin(after, SINCE), root, sealer, _ -> cleared, null, RANDOM);

        PinSlot.finishReplacing(slot, _ -> cleared);

        assertOpens(after);
        assertFalse(Files.exists(retired));
    }

    /// A real one says so where the fake does nothing.
    private record TpmLike(MemorySealer sealer) implements KeySealer {
        @Override
        public SealKind kind() {
            return sealer.kind();
        }

        @Override
        public void check() throws SealException {
            sealer.check();
        }

        @Override
        public byte[] seal(SecretBytes secret, SecretBytes authorisation) throws SealException {
            return sealer.seal(secret, authorisation);
        }

        @Override
        public SecretBytes unseal(byte[] sealed, SecretBytes authorisation) throws SealException {
            return sealer.unseal(sealed, authorisation);
        }

        @Override
        public void destroy(byte[] sealed) throws SealException {
            throw new SealException(SealException.Why.FOREIGN, "The key is sealed to another TPM.");
        }

        @Override
        public int triesLeft() throws SealException {
            return sealer.triesLeft();
        }
    }

    @Test
    void whatWaitsForAPartThatIsAwayIsKeptThroughAnotherChangeAndDestroyedWhenItIsBack() throws Exception {
        MemorySealer other = new MemorySealer(RANDOM, SealKind.KEYSTORE, 100);
        byte[] copy = Files.readAllBytes(slot);
        sealer.setAbsent(true);
        PinSlot.replace(slot, new ChosenPin(after, SINCE), root, other, both(other), null, RANDOM);
        assertThrows(SealException.class, () -> PinSlot.finishReplacing(slot, both(other)));

        PinSlot.replace(slot, new ChosenPin(before, SINCE), root, other, both(other), null, RANDOM);
        assertThrows(SealException.class, () -> PinSlot.finishReplacing(slot, both(other)));
        assertEquals(1, other.kept());
        sealer.setAbsent(false);
        PinSlot.finishReplacing(slot, both(other));

        assertEquals(0, sealer.kept());
        assertEquals(List.of(SlotFile.DAILY), names());
        Files.write(slot, copy);
        assertEquals(SealException.Why.FOREIGN, refusal(before));
    }

    @Test
    void aDamagedSlotDoesNotCostTheOneBeforeThatStillOpens() throws Exception {
        byte[] good = Files.readAllBytes(slot);
        Files.copy(slot, retired);
        Files.write(slot, new byte[] {1, 2, 3});

        PinSlot.finishReplacing(slot, _ -> sealer);
        assertTrue(Arrays.equals(good, Files.readAllBytes(retired)));
        change();

        assertOpens(after);
        assertEquals(1, sealer.kept());
        assertEquals(List.of(SlotFile.DAILY), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private PinSlot.SealersByKind both(MemorySealer other) {
        return kind -> kind == other.kind() ? other : sealer;
    }

    private void change() throws Exception {
        PinSlot.replace(slot, new ChosenPin(after, SINCE), root, sealer, _ -> sealer, null, RANDOM);
        PinSlot.finishReplacing(slot, _ -> sealer);
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
