package strongroom.desktop.succession;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import strongroom.desktop.library.Place;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.client.LockReason;

/// What one process of the window leaves to the next.
class HandoverTest {
    private static final Handover HANDOVER = new Handover(
            new Frame(-12, 40, 1240, 780, false, true, true, 0x600003),
            LockReason.FOCUS_LOST,
            new Place(),
            List.of(Path.of("/home/anna/Letter.txt")),
            Optional.of(new Handover.Copied("a line", Duration.ofSeconds(31))));

    @Test
    void everythingArrives() throws Exception {
        Handover arrived = Handover.of(HANDOVER.toByteArray());

        assertEquals(HANDOVER.frame(), arrived.frame());
        assertEquals(HANDOVER.reason(), arrived.reason());
        assertEquals(HANDOVER.waiting(), arrived.waiting());
        assertEquals(HANDOVER.copied(), arrived.copied());
        assertArrayEquals(HANDOVER.toByteArray(), arrived.toByteArray());
    }

    @Test
    void whatIsCutOrLongerOrOfAnotherFormatIsRefused() {
        byte[] whole = HANDOVER.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(MalformedException.class, () -> Handover.of(cut));
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThrows(MalformedException.class, () -> Handover.of(longer));
        whole[0]++;
        assertThrows(MalformedException.class, () -> Handover.of(whole));
    }

    @Test
    void whatWasCopiedIsInNoMessage() {
        assertFalse(HANDOVER.toString().contains("a line"));
    }

    @Test
    void aProcessWhosePredecessorEndsWithoutAWordGetsNothing() throws Exception {
        assertEquals(Optional.empty(), from(new byte[0]).await());
        assertEquals(Optional.empty(), from(new byte[] {0, 0, 0, 9, 1}).await());
    }

    @Test
    void aMessageOfAnyLengthIsNotBelieved() {
        assertThrows(IOException.class, () -> from(new byte[] {0x7f, 0, 0, 0}).await());
        assertThrows(IOException.class, () -> from(new byte[] {-1, 0, 0, 0}).await());
        assertThrows(IOException.class, () -> from(new byte[] {0, 0, 0, 1, 9}).await());
    }

    @Test
    void bothSidesUnderstandEachOther() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        byte[] encoded = HANDOVER.toByteArray();
        new DataOutputStream(sent).writeInt(encoded.length);
        sent.write(encoded);
        Predecessor predecessor = new Predecessor(new ByteArrayInputStream(sent.toByteArray()), said);

        predecessor.ready();
        Optional<Handover> handover = predecessor.await();
        predecessor.shown();

        assertEquals(HANDOVER.frame(), handover.orElseThrow().frame());
        assertArrayEquals(new byte[] {Successor.READY, Successor.SHOWN}, said.toByteArray());
    }

    private static Predecessor from(byte[] bytes) {
        return new Predecessor(new ByteArrayInputStream(bytes), new ByteArrayOutputStream());
    }
}
