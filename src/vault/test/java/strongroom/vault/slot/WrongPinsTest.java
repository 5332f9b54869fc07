package strongroom.vault.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.policy.PinPolicy;

class WrongPinsTest {
    private static final PinPolicy TEN = rule(1, 10);

    @TempDir
    private Path folder;

    private static PinPolicy rule(long number, int destroyAfter) {
        return new PinPolicy(number, 6, 0, destroyAfter, false, Instant.EPOCH);
    }

    /// As another process sees it.
    private WrongPins count() {
        return new WrongPins(folder.resolve("daily.wrong"));
    }

    @Test
    void aTryIsCountedBeforeItIsMadeAndARightPinForgetsAll() throws Exception {
        assertEquals(10, count().left(TEN));
        for (int left = 9; left >= 0; left--) {
            count().begin(TEN);
            assertEquals(left, count().left(TEN));
        }
        assertEquals(10, count().wrong(TEN));

        count().right();
        assertEquals(10, count().left(TEN));
        assertEquals(0, count().wrong(TEN));
    }

    @Test
    void aTryThatNobodyJudgedIsGivenBack() throws Exception {
        count().begin(TEN);
        count().begin(TEN);

        count().notJudged(TEN);

        assertEquals(9, count().left(TEN));
        count().right();
        count().notJudged(TEN);
        assertEquals(10, count().left(TEN));
    }

    @Test
    void aStricterRuleLeavesOneTryAndALooserOneMore() throws Exception {
        for (int i = 0; i < 7; i++) {
            count().begin(TEN);
        }

        assertEquals(1, count().left(rule(2, 5)));
        assertEquals(13, count().left(rule(3, 20)));

        count().begin(rule(2, 5));
        assertEquals(0, count().left(rule(2, 5)));
        assertEquals(1, count().left(rule(3, 6)));
    }

    @Test
    void aDamagedCountLeavesOneTry() throws Exception {
        Files.write(folder.resolve("daily.wrong"), new byte[] {1, 2, 3});

        assertEquals(1, count().left(TEN));
        count().begin(TEN);
        assertEquals(0, count().left(TEN));
    }
}
