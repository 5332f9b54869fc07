package strongroom.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.MalformedException;

class SignedTest {
    private static final Id DEVICE = Id.of(new byte[Id.SIZE]);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void aSignatureForOnePurposeIsWorthNothingForAnother() throws Exception {
        Keys key = Keys.make();
        Signed receipt = Signed.by(key, Signed.Purpose.RECEIPT, new byte[] {1, 2, 3});

        assertArrayEquals(new byte[] {1, 2, 3}, receipt.open(key.verifyingKey(), Signed.Purpose.RECEIPT));
        assertThrows(MalformedException.class, () -> receipt.open(key.verifyingKey(), Signed.Purpose.ORDER));
    }

    @Test
    void bytesBehindAStatementAreRefused() throws Exception {
        byte[] encoded =
                Signed.by(Keys.make(), Signed.Purpose.GRANT, new byte[] {1}).toByteArray();
        byte[] longer = java.util.Arrays.copyOf(encoded, encoded.length + 1);

        assertThrows(MalformedException.class, () -> Signed.of(longer));
    }

    @Test
    void everyCutStatementIsRefused() throws Exception {
        byte[] encoded =
                Signed.by(Keys.make(), Signed.Purpose.GRANT, new byte[] {1, 2}).toByteArray();
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(encoded, length);
            assertThrows(MalformedException.class, () -> Signed.of(cut));
        }
    }

    @Test
    void aReceiptIsReadAgainAsItWasSigned() throws Exception {
        Keys key = Keys.make();
        Receipt receipt =
                new Receipt(DEVICE, DEVICE, Receipt.Stage.DONE, NOW, List.of("key slots: 1"), List.of("logs: busy"));

        assertEquals(receipt, Receipt.open(Signed.of(receipt.sign(key).toByteArray()), key.verifyingKey()));
    }

    @Test
    void aCommitWithAnotherBodyThanItsHeaderNamesIsRefused() throws Exception {
        Keys author = Keys.make();
        byte[] body = {1, 2, 3};
        CommitHeader header =
                new CommitHeader(DEVICE, 1, Digest.ZERO, 1, DEVICE, DEVICE, Digest.sha256(body), List.of());
        Commit commit = Commit.of(header, body, author);
        Commit other = new Commit(commit.header(), new byte[] {1, 2, 4});

        assertEquals(header, Commit.of(commit.toByteArray()).open(author.verifyingKey()));
        assertThrows(MalformedException.class, () -> other.open(author.verifyingKey()));
    }

    @Test
    void anOrderOfSomebodyWhoIsNoAdministratorIsNobodys() throws Exception {
        Keys root = Keys.make();
        Keys impostor = Keys.make();
        List<Digest> pins = List.of(Digest.ZERO, Digest.sha256(new byte[] {1}));
        Organisation organisation =
                new Organisation(root.verifyingKey(), new PinSet("Muster AG", 1, pins, NOW).sign(root));
        Order order = new Order(DEVICE, 1, DEVICE, Order.Action.WIPE, "lost", NOW, NOW.plusSeconds(60));
        Signed own = new KeyCertificate(
                        KeyCertificate.Role.ADMINISTRATOR, DEVICE, "Eve", impostor.verifyingKey(), NOW, NOW)
                .sign(impostor);

        assertThrows(MalformedException.class, () -> SignedOrder.of(order, own, impostor)
                .verify(organisation));
    }
}
