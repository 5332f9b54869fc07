package strongroom.vault.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
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
    void wrongPinsAreCountedOverProcessesAndARightOneForgetsAll() throws Exception {
        assertEquals(10, count().left(TEN));
        for (int left = 9; left >= 0; left--) {
            count().wrong(TEN);
            assertEquals(left, count().left(TEN));
        }
        assertEquals(10, count().count(TEN));

        count().right();
        assertEquals(10, count().left(TEN));
        assertEquals(0, count().count(TEN));
    }

    @Test
    void aTryThatNobodyJudgedCountsNothing() throws Exception {
        count().wrong(TEN);

        for (int cutOff = 0; cutOff < 20; cutOff++) {
            count().prepare(TEN);
        }

        assertEquals(9, count().left(TEN));
    }

    @Test
    void aStricterRuleLeavesOneTryAndALooserOneMore() throws Exception {
        for (int i = 0; i < 7; i++) {
            count().wrong(TEN);
        }

        assertEquals(1, count().left(rule(2, 5)));
        assertEquals(13, count().left(rule(3, 20)));

        count().wrong(rule(2, 5));
        assertEquals(0, count().left(rule(2, 5)));
        assertEquals(1, count().left(rule(3, 6)));
    }

    /// Nobody gains by damaging what they could remove, and a bad disk destroys nothing.
    @Test
    void aCountThatIsDamagedAnywhereBeginsAnew() throws Exception {
        for (int i = 0; i < 9; i++) {
            count().wrong(TEN);
        }
        Path file = folder.resolve("daily.wrong");
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertEquals(10, count().left(TEN), "byte " + i);
            Files.write(file, Arrays.copyOf(whole, i));
            assertEquals(10, count().left(TEN), "cut at " + i);
        }
    }
}
