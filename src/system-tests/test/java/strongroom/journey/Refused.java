package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import strongroom.journey.Client.Said;

/// How a command refuses: with its own exit code and one sentence for people on standard error, or one object for
/// machines on standard output; never a stack trace.
final class Refused {
    private Refused() {}

    static void with(int exit, Said said) {
        assertEquals(exit, said.exit(), said::toString);
        if (said.out().isEmpty()) {
            assertEquals(1, said.errors().size(), said::toString);
            assertTrue(said.errors().getFirst().startsWith("strongroom: "), said::toString);
        } else {
            assertTrue(said.errors().isEmpty(), said::toString);
            assertEquals(1, said.out().lines().count(), said::toString);
            assertTrue(said.out().startsWith("{\"problem\":"), said::toString);
        }
        assertFalse(said.toString().contains("Exception"), said::toString);
    }
}
