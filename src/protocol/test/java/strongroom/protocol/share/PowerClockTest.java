package strongroom.protocol.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Damage;
import strongroom.protocol.codec.MalformedException;

class PowerClockTest {
    private static PowerClock parse(String hex) throws MalformedException {
        return PowerClock.of(HexFormat.of().parseHex(hex));
    }

    @Test
    void aReadingIsReadAgain() throws Exception {
        for (PowerClock clock : List.of(
                new PowerClock(0, 0, 0),
                new PowerClock(3_600_000, 17, 3),
                new PowerClock(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))) {
            assertEquals(clock, PowerClock.of(clock.toByteArray()));
        }
    }

    @Test
    void itsBytesAreTheseForEver() throws Exception {
        String bytes = "000000000036ee80" + "00000011" + "00000003";

        assertEquals(new PowerClock(3_600_000, 17, 3), parse(bytes));
        assertEquals(bytes, HexFormat.of().formatHex(new PowerClock(3_600_000, 17, 3).toByteArray()));
    }

    @Test
    void anOutOfRangeNumberIsRefusedOnTheWireAndInTheProgram() {
        assertThrows(MalformedException.class, () -> parse("8000000000000000" + "00000000" + "00000000"));
        assertThrows(MalformedException.class, () -> parse("0000000000000000" + "80000000" + "00000000"));
        assertThrows(MalformedException.class, () -> parse("0000000000000000" + "00000000" + "80000000"));
        assertThrows(IllegalArgumentException.class, () -> new PowerClock(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new PowerClock(0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new PowerClock(0, 0, -1));
    }

    @Test
    void everyOtherLengthIsRefused() {
        Damage.assertOtherLengthsAreRefused(new PowerClock(1, 2, 3).toByteArray(), PowerClock::of);
    }
}
