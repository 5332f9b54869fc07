package strongroom.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import strongroom.vault.store.StoreException;

/// Makes contenders of one kind, each with a new, empty store.
///
/// @param name that they will have
public record Maker(String name, Making making) {
    /// How.
    @FunctionalInterface
    public interface Making {
        /// @param folder empty, and its own
        Contender in(Path folder) throws IOException, StoreException, InterruptedException;
    }
}
