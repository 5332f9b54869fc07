package strongroom.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import strongroom.desktop.fake.FakeVaultClient;
import strongroom.protocol.Id;
import strongroom.vault.client.LockReason;

/// Documents that cannot be shown: one sentence in the preview and in the viewer, and a way back.
class ViewerUiTest {
    private static final Instant WHEN = Instant.parse("2026-11-20T08:00:00Z");

    private final FakeVaultClient client = FakeVaultClient.locked(Clock.systemUTC(), Window.PIN, LockReason.STARTED);
    private Window window;
    private Id root;

    @BeforeEach
    void open() throws Exception {
        client.library().open();
        root = client.library().root().id();
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aDocumentThatCannotBeShownIsOneSentenceAndAWayOut() {
        Map<String, String> sentences = Map.of(
                "broken.pdf",
                "This document is damaged or not what its name says, so it cannot be shown. You can still"
                        + " export it.",
                "unknown.bin",
                "Strongroom cannot show this kind of document. Export a copy to open it in another program.",
                "huge.jpg",
                "This document is larger than 256 MB, too large to be shown here. Export a copy to open it in"
                        + " another program.",
                "empty.txt",
                "This document is empty.");
        client.library().put(root, "broken.pdf", "%PDF-1.7 and no more".getBytes(StandardCharsets.US_ASCII), WHEN);
        client.library().put(root, "unknown.bin", new byte[] {0, 1, 2, 3, 0, 0, (byte) 0xFE}, WHEN);
        client.library().put(root, "empty.txt", new byte[0], WHEN);
        client.library()
                .resize(
                        client.library()
                                .put(root, "huge.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, WHEN),
                        900_000_000);
        unlock();

        sentences.forEach((name, sentence) -> {
            window.select(name);
            window.await("the preview of " + name, () -> window.shows(".preview-sentence"));
            window.press(KeyCode.ENTER);
            window.await("#viewer-sentence");
            assertEquals(sentence, window.text("#viewer-sentence"), name);
            window.press(KeyCode.ESCAPE);
            window.await("#entry-table");
        });
    }

    @Test
    void whatTakesLongCanBeCancelled() {
        client.library().put(root, "far away (online).txt", "text".getBytes(StandardCharsets.UTF_8), WHEN);
        client.library().put(root, "here.txt", "text".getBytes(StandardCharsets.UTF_8), WHEN);
        client.library().put(root, "here too.txt", "text".getBytes(StandardCharsets.UTF_8), WHEN);
        client.library().holdBack(true);
        unlock();

        window.openDocument("far away (online).txt");
        window.click("#viewer-cancel");

        window.await("#entry-table");
        window.await("the call to be given up", () -> client.library().heldBack() == 0);
        client.library().holdBack(false);
        window.openDocument("here.txt");
        window.await("#text-lines");
        assertFalse(window.shows("#viewer-progress"));
    }

    @Test
    void aLongLineIsShownToItsEnd() {
        String lines = ("word ".repeat(200) + "end\n").repeat(30);
        client.library().put(root, "long.txt", lines.getBytes(StandardCharsets.UTF_8), WHEN);
        client.library().put(root, "one.txt", new byte[] {65}, WHEN);
        client.library().put(root, "two.txt", new byte[] {65}, WHEN);
        unlock();

        window.openDocument("long.txt");
        window.await("#text-lines");

        window.await(
                "the end of the line",
                () -> window.fx(() -> window.robot.lookup(".text-lines .text").queryAllAs(Text.class).stream()
                        .anyMatch(text -> text.getText().endsWith("end"))));
        // A row may be drawn once before it knows its height: the second look is at rows that others pushed aside.
        window.press(KeyCode.PAGE_DOWN);
        window.press(KeyCode.PAGE_DOWN);
        assertEquals(List.of(), window.fx(() -> window.robot.lookup(".text-lines .text").queryAllAs(Text.class).stream()
                .map(Text::getText)
                .filter(text -> text.endsWith("..."))
                .toList()));
    }

    private void unlock() {
        window = Window.open(client);
        window.unlock();
    }
}
