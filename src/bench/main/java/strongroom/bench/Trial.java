package strongroom.bench;

import java.io.IOException;
import strongroom.bench.contender.Contender;
import strongroom.vault.store.StoreException;

/// One turn of one contender with a new, empty store.
interface Trial {
    /// Of whom this can be asked.
    default boolean suits(Contender contender) {
        return true;
    }

    /// Does it, and notes what it took.
    void turn(Contender contender, Figures figures) throws IOException, StoreException, InterruptedException;
}
