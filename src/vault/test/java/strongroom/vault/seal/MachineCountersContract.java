package strongroom.vault.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException.Why;

/// What counters in a machine promise, run against the TPM's and against the fake.
public abstract class MachineCountersContract {
    protected final SecureRandom random = new SecureRandom();
    protected final SecretBytes mine = SecretBytes.random(32, random);

    /// The counters under test.
    protected abstract MachineCounters counters();

    @AfterEach
    void close() {
        mine.close();
    }

    protected static Why refusal(Call call) {
        return assertThrows(SealException.class, call::run).why();
    }

    /// Something that is refused.
    @FunctionalInterface
    protected interface Call {
        void run() throws SealException;
    }

    @Test
    public void itGoesUpByOneAndStaysThere() throws Exception {
        byte[] kept = counters().plan();
        long begun = counters().make(kept, mine);

        assertEquals(begun, counters().read(kept, mine));
        assertEquals(begun + 1, counters().increment(kept, mine));
        assertEquals(begun + 2, counters().increment(kept, mine));
        assertEquals(begun + 2, counters().read(kept, mine));
        assertTrue(kept.length <= MachineCounters.MAX_KEPT);
        counters().destroy(kept);
    }

    @Test
    public void anErasedOneIsGoneAndAnotherInItsPlaceBeginsAboveIt() throws Exception {
        byte[] kept = counters().plan();
        counters().make(kept, mine);
        long before = counters().increment(kept, mine);

        counters().destroy(kept);

        assertEquals(Why.FOREIGN, refusal(() -> counters().read(kept, mine)));
        assertEquals(Why.FOREIGN, refusal(() -> counters().increment(kept, mine)));
        counters().destroy(kept);
        assertTrue(counters().make(kept, mine) > before);
        counters().destroy(kept);
    }

    @Test
    public void aNewOneBeginsAboveEveryOneThatWasErased() throws Exception {
        byte[] one = counters().plan();
        byte[] other = counters().plan();
        counters().make(one, mine);
        long stood = counters().increment(one, mine);
        counters().destroy(one);

        assertTrue(counters().make(other, mine) > stood);

        counters().destroy(other);
    }

    @Test
    public void withAnotherAuthorisationItIsAnotherCounter() throws Exception {
        byte[] kept = counters().plan();
        long begun = counters().make(kept, mine);
        try (SecretBytes others = SecretBytes.random(32, random)) {
            assertEquals(Why.FOREIGN, refusal(() -> counters().read(kept, others)));
            assertEquals(Why.FOREIGN, refusal(() -> counters().increment(kept, others)));
        }
        assertEquals(begun, counters().read(kept, mine));
        counters().destroy(kept);
    }

    @Test
    public void whatIsPlannedIsNotThereYetAndNothingIsErasedForIt() throws Exception {
        byte[] kept = counters().plan();

        counters().destroy(kept);
        assertEquals(Why.FOREIGN, refusal(() -> counters().read(kept, mine)));

        long begun = counters().make(kept, mine);
        assertThrows(SealException.class, () -> counters().make(kept, mine));
        assertEquals(begun, counters().read(kept, mine));
        counters().destroy(kept);
    }

    @Test
    public void changedOrCutBytesAreDamaged() throws Exception {
        byte[] kept = counters().plan();
        counters().make(kept, mine);
        for (int i = 0; i < kept.length; i++) {
            byte[] changed = kept.clone();
            changed[i] ^= 1;
            byte[] cut = Arrays.copyOf(kept, i);
            for (byte[] wrong : List.of(changed, cut)) {
                assertEquals(Why.DAMAGED, refusal(() -> counters().read(wrong, mine)));
                assertEquals(Why.DAMAGED, refusal(() -> counters().destroy(wrong)));
            }
        }
        counters().destroy(kept);
    }

    @Test
    public void severalThreadsCountOneAfterTheOther() throws Exception {
        MachineCounters shared = counters();
        byte[] kept = shared.plan();
        long begun = shared.make(kept, mine);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> steps = Stream.generate(() -> threads.submit(() -> shared.increment(kept, mine)))
                    .limit(4)
                    .toList();
            for (Future<Long> step : steps) {
                step.get();
            }
        }
        assertEquals(begun + 4, counters().read(kept, mine));
        counters().destroy(kept);
    }
}
