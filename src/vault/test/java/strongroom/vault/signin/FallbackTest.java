package strongroom.vault.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import strongroom.vault.signin.PlatformSignIn.Verdict;

class FallbackTest {
    /// A person who always answers alike.
    private static final class Answering implements PlatformSignIn {
        private final Verdict verdict;
        private int asked;
        private boolean closed;

        Answering(Verdict verdict) {
            this.verdict = verdict;
        }

        @Override
        public boolean isAvailable() {
            return verdict != Verdict.UNAVAILABLE;
        }

        @Override
        public Verdict ask(String reason) {
            asked++;
            return verdict;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void theSecondIsAskedOnlyWhereTheFirstCannotAsk(Verdict verdict) {
        Answering first = new Answering(verdict);
        Answering second = new Answering(Verdict.VERIFIED);
        try (Fallback fallback = new Fallback(first, second)) {
            boolean cannot = verdict == Verdict.UNAVAILABLE;

            assertEquals(cannot ? Verdict.VERIFIED : verdict, fallback.ask("Warum"));

            assertEquals(cannot ? 1 : 0, second.asked);
            assertTrue(fallback.isAvailable());
        }
        assertTrue(first.closed && second.closed);
    }

    @Test
    void whereNeitherCanAskNobodyIs() {
        try (Fallback fallback = new Fallback(new Answering(Verdict.UNAVAILABLE), new Answering(Verdict.UNAVAILABLE))) {
            assertFalse(fallback.isAvailable());
            assertEquals(Verdict.UNAVAILABLE, fallback.ask("Warum"));
        }
    }
}
