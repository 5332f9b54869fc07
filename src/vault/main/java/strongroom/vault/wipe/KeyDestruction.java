package strongroom.vault.wipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.DurableFile;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.rollback.CounterFile;
import strongroom.vault.seal.SealException;
import strongroom.vault.slot.SlotFile;

/// Destroys what opens the vault: first what the machine keeps for each slot, so that copies of the slot open nothing
/// either, then the slot itself. In this order, because without the file nobody knows what to tell the machine.
final class KeyDestruction {
    private static final Logger LOG = LoggerFactory.getLogger(KeyDestruction.class);
    private static final int TRIES = 3;
    private static final long PAUSE_MILLISECONDS = 200;

    private final Belongings belongings;
    private final SealerSource sealers;
    private final RandomGenerator random;
    private final Runnable step;

    /// @param step called after each act, for tests that stop there
    KeyDestruction(Belongings belongings, SealerSource sealers, RandomGenerator random, Runnable step) {
        this.belongings = belongings;
        this.sealers = sealers;
        this.random = random;
        this.step = step;
    }

    Report run() throws IOException, InterruptedException {
        List<String> destroyed = new ArrayList<>();
        List<String> remaining = new ArrayList<>();
        Erasure erasure = new Erasure(random);
        int seals = 0;
        for (Path file : belongings.slots()) {
            String failure = unseal(file);
            if (failure == null) {
                seals++;
            } else if (!failure.isEmpty()) {
                remaining.add(failure);
            }
            step.run();
            erasure.key(file);
            step.run();
        }
        if (erasure.files() > 0) {
            DurableFile.forceFolder(belongings.home().slots());
            destroyed.add("key slots: " + erasure.files());
        }
        if (seals > 0) {
            destroyed.add("seals of this machine: " + seals);
        }
        if (erasure.failures() > 0) {
            remaining.add("key slot files that could not be removed: " + erasure.failures());
        }
        return new Report(destroyed, remaining);
    }

    /// @return null if the seal is destroyed, empty if the file is no slot, otherwise what could not be done
    private @Nullable String unseal(Path file) throws InterruptedException {
        SlotFile slot;
        try {
            slot = SlotFile.read(file);
        } catch (IOException | MalformedException e) {
            return uncount(file);
        }
        SealException failure = tried(() -> sealers.of(slot.kind()).destroy(slot.sealed()));
        return failure == null
                ? null
                : "seal of a key slot by " + slot.kind() + ": " + failure.why() + "; the slot itself is gone";
    }

    /// It opens nothing, but what is in the machine of a wiped device is nobody's any more.
    ///
    /// @return empty if the file names no counter, or its counter is erased; otherwise what could not be done
    private String uncount(Path file) throws InterruptedException {
        Optional<CounterFile> counter;
        try {
            counter = CounterFile.read(file);
        } catch (IOException e) {
            return "";
        }
        if (counter.isEmpty()) {
            return "";
        }
        SealException failure = tried(() -> counter.get().destroy(sealers));
        return failure == null ? "" : "counter of the folder: " + failure.why();
    }

    /// Something that the machine destroys.
    @FunctionalInterface
    private interface Destruction {
        void run() throws SealException;
    }

    /// @return why it failed each time; null if it is done
    private static @Nullable SealException tried(Destruction destruction) throws InterruptedException {
        SealException last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                destruction.run();
                return null;
            } catch (SealException e) {
                last = e;
            } catch (RuntimeException e) {
                // Whatever the machine answers: the slots on the disk go all the same.
                last = new SealException(
                        SealException.Why.FAILED, "The machine gave an answer that makes no sense.", e);
            }
            LOG.warn("something in the machine was not destroyed: {}", last.why());
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
        }
        return last;
    }
}
