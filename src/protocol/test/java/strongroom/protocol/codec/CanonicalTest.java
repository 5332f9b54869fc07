package strongroom.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalTest {
    private static CanonicalReader reading(CanonicalWriter out) {
        return new CanonicalReader(out.toByteArray());
    }

    @Test
    void everyKindOfValueIsReadAgain() throws MalformedException {
        Instant now = Instant.ofEpochMilli(1_795_000_000_123L);
        CanonicalReader in = reading(new CanonicalWriter()
                .uint8(255)
                .uint32(Integer.MAX_VALUE)
                .int64(Long.MIN_VALUE)
                .bool(true)
                .instant(now)
                .bytes(new byte[] {1, 2})
                .text("Zürich 🗝")
                .list(List.of("a", "b"), CanonicalWriter::text));

        assertEquals(255, in.uint8());
        assertEquals(Integer.MAX_VALUE, in.uint32(Integer.MAX_VALUE));
        assertEquals(Long.MIN_VALUE, in.int64());
        assertEquals(true, in.bool());
        assertEquals(now, in.instant());
        assertArrayEquals(new byte[] {1, 2}, in.bytes(2));
        assertEquals("Zürich 🗝", in.text(100));
        assertEquals(List.of("a", "b"), in.list(2, item -> item.text(1)));
        in.end();
    }

    @Test
    void aLengthOverTheLimitIsRefusedBeforeMemoryIsTaken() {
        CanonicalReader in = reading(new CanonicalWriter().uint32(Integer.MAX_VALUE));

        assertThrows(MalformedException.class, () -> in.bytes(Integer.MAX_VALUE));
    }

    @Test
    void aTruthValueHasOneEncodingOnly() {
        CanonicalReader in = reading(new CanonicalWriter().uint8(2));

        assertThrows(MalformedException.class, in::bool);
    }

    @Test
    void textThatIsNotUtf8IsRefusedAndNotMended() {
        CanonicalReader in = reading(new CanonicalWriter().bytes(new byte[] {(byte) 0xc0, (byte) 0x80}));

        assertThrows(MalformedException.class, () -> in.text(10));
    }

    @Test
    void bytesBehindTheValueAreRefused() throws MalformedException {
        CanonicalReader in = reading(new CanonicalWriter().uint8(1).uint8(2));
        in.uint8();

        assertThrows(MalformedException.class, in::end);
    }
}
