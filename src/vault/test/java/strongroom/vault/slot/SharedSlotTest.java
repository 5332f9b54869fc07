package strongroom.vault.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.VerifyingKey;
import strongroom.vault.crypto.PinHash;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;

class SharedSlotTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant SINCE = Instant.parse("2026-11-22T12:00:00Z");
    private static final long POLICY = 7;

    @TempDir
    Path folder;

    private final MemorySealer counting = new MemorySealer(RANDOM, 100);
    private final MemorySealer other = new MemorySealer(RANDOM, SealKind.KEYSTORE, 100);
    private final SecretBytes root = SecretBytes.random(32, RANDOM);
    private final SecretBytes pin = SecretBytes.ofAndZero("482913".toCharArray());
    private final SecretBytes wrong = SecretBytes.ofAndZero("715204".toCharArray());
    private MemoryShares shares;
    private Path file;

    @BeforeEach
    void aServer() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        shares = new MemoryShares(VerifyingKey.of(generator.generateKeyPair().getPublic()));
        file = folder.resolve(SlotFile.DAILY);
    }

    @AfterEach
    void close() {
        root.close();
        pin.close();
        wrong.close();
    }

    @Test
    void itOpensWithPinAndMachineAndServerAndTellsTheServer() throws Exception {
        make(counting);
        assertEquals(1, shares.confirmed());

        assertOpens(counting);

        assertEquals(2, shares.asked());
        assertEquals(2, shares.confirmed());
        shares.unplug(true);
        assertEquals(
                ShareException.Why.UNREACHABLE,
                assertThrows(ShareException.class, () -> open(pin, counting)).why());
    }

    @Test
    void aTypingErrorCostsNoTryAtTheServerWhereTheMachineCounts() throws Exception {
        make(counting);
        int before = shares.asked();

        assertEquals(
                SealException.Why.WRONG_AUTHORISATION,
                assertThrows(SealException.class, () -> open(wrong, counting)).why());

        assertEquals(before, shares.asked());
    }

    @Test
    void whereTheMachineDoesNotCountNothingOnItTellsAPin() throws Exception {
        make(other);
        int confirmed = shares.confirmed();

        assertEquals(
                SealException.Why.WRONG_AUTHORISATION,
                assertThrows(SealException.class, () -> open(wrong, other)).why());
        assertEquals(2, shares.asked());
        assertEquals(confirmed, shares.confirmed());

        // With the right PIN and the machine, but without the server, the seal does not open either.
        SlotFile slot = SlotFile.read(file);
        try (SecretBytes hash = PinHash.derive(pin, slot.salt(), slot.pinHash());
                SecretBytes authorisation = SlotKeys.authorisation(hash)) {
            assertThrows(SealException.class, () -> other.unseal(slot.sealed(), authorisation));
        }
        assertOpens(other);
    }

    @Test
    void anotherServerIsNotBelieved() throws Exception {
        make(counting);
        shares.replaceKeys();

        assertEquals(
                ShareException.Why.UNTRUE,
                assertThrows(ShareException.class, () -> open(pin, counting)).why());
    }

    @Test
    void aSlotIsReplacedByOneWithAShareAndBack() throws Exception {
        PinSlot.create(file, new ChosenPin(pin, SINCE), root, counting, null, RANDOM);
        assertNull(SlotFile.read(file).share());

        PinSlot.replace(
                file, new ChosenPin(pin, SINCE), root, counting, _ -> counting, new Sharing(shares, POLICY), RANDOM);
        PinSlot.finishReplacing(file, _ -> counting);
        SlotShare share = SlotFile.read(file).share();
        assertNotNull(share);
        assertEquals(POLICY, share.policy());
        assertOpens(counting);

        shares.unplug(true);
        PinSlot.replace(file, new ChosenPin(pin, SINCE), root, counting, _ -> counting, null, RANDOM);
        PinSlot.finishReplacing(file, _ -> counting);
        assertOpens(counting);
        assertEquals(1, counting.kept());
    }

    @Test
    void ifTheServerCannotBeAskedTheSlotStaysAsItIs() throws Exception {
        PinSlot.create(file, new ChosenPin(pin, SINCE), root, counting, null, RANDOM);
        shares.unplug(true);

        assertThrows(
                ShareException.class,
                () -> PinSlot.replace(
                        file,
                        new ChosenPin(wrong, SINCE),
                        root,
                        counting,
                        _ -> counting,
                        new Sharing(shares, POLICY),
                        RANDOM));
        PinSlot.finishReplacing(file, _ -> counting);

        assertOpens(counting);
        assertEquals(1, counting.kept());
    }

    @Test
    void howeverOftenAReplacementIsCutOffItAsksForOneMoreKeyAtTheServer() throws Exception {
        PinSlot.create(file, new ChosenPin(pin, SINCE), root, counting, null, RANDOM);
        shares.silence(true);
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    ShareException.Why.UNREACHABLE,
                    assertThrows(
                                    ShareException.class,
                                    () -> PinSlot.replace(
                                            file,
                                            new ChosenPin(pin, SINCE),
                                            root,
                                            counting,
                                            _ -> counting,
                                            new Sharing(shares, POLICY),
                                            RANDOM))
                            .why());
        }

        shares.silence(false);
        PinSlot.replace(
                file, new ChosenPin(pin, SINCE), root, counting, _ -> counting, new Sharing(shares, POLICY), RANDOM);
        PinSlot.finishReplacing(file, _ -> counting);

        assertOpens(counting);
    }

    private void make(MemorySealer sealer) throws Exception {
        PinSlot.create(file, new ChosenPin(pin, SINCE), root, sealer, new Sharing(shares, POLICY), RANDOM);
    }

    private SecretBytes open(SecretBytes with, MemorySealer sealer) throws Exception {
        return PinSlot.open(SlotFile.read(file), with, sealer, shares);
    }

    private void assertOpens(MemorySealer sealer) throws Exception {
        try (SecretBytes opened = open(pin, sealer)) {
            assertTrue(opened.matches(root));
        }
    }
}
