package strongroom.vault.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventsTest {
    private final List<String> heard = new ArrayList<>();
    private final ServerSentEvents events = new ServerSentEvents((name, data) -> heard.add(name + "=" + data));

    private void accept(String text) throws IOException {
        events.accept(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void linesEndInThreeWays(String end) throws IOException {
        String stream = String.join(end, ": heartbeat", "event: order", "data: one", "", "data: two", "", "");

        accept(stream);

        assertEquals(List.of("order=one", "message=two"), heard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void itDoesNotMatterHowTheBytesArrive(String end) throws IOException {
        byte[] stream =
                String.join(end, "event: héad", "data: é", "data: zwei", "", "").getBytes(StandardCharsets.UTF_8);

        for (byte next : stream) {
            events.accept(ByteBuffer.wrap(new byte[] {next}));
        }

        assertEquals(List.of("héad=é\nzwei"), heard);
    }

    @Test
    void anEventWithoutDataIsNone() throws IOException {
        accept("event: order\n\nid: 7\nretry: 5\nunknown\n\n: only a comment\n\n");

        assertEquals(List.of(), heard);
    }

    @Test
    void theByteOrderMarkAtTheBeginningIsPassedOver() throws IOException {
        accept("\uFEFFdata: x\n\n");

        assertEquals(List.of("message=x"), heard);
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
        assertThrows(IOException.class, () -> accept("data: " + "x".repeat(5000)));
    }

    @Test
    void anEventWithoutEndIsRefusedBeforeItFillsTheMemory() {
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 100; i++) {
                accept("data: " + "x".repeat(1000) + "\n");
            }
        });
        assertEquals(List.of(), heard);
    }
}
