package strongroom.vault.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.store.catalog.Content;

/// Forgets chunks that nothing names: what a crash left between the removal of a document and that of its chunks. A
/// store with any damage is left alone: what looks useless there may be all that is left of a document.
final class Sweep {
    private final Database database;
    private final Chunks chunks;
    private final Pins pins;

    Sweep(Database database, Chunks chunks, Pins pins) {
        this.database = database;
        this.chunks = chunks;
        this.pins = pins;
    }

    void run(List<OpenVault> vaults) throws StoreException {
        Set<Digest> there = new HashSet<>(database.read(Places::all));
        for (OpenVault vault : vaults) {
            for (Content content : vault.contents()) {
                if (content.listed()) {
                    // Without the list nobody knows what it needs.
                    try {
                        vault.holdings().lists().data(content);
                    } catch (StoreException e) {
                        return;
                    }
                }
                there.removeAll(vault.holdings().lists().all(content));
            }
            if (!vault.damages().isEmpty()) {
                return;
            }
        }
        pins.without(
                there,
                free -> database.write(connection -> {
                    try {
                        free.removeAll(Named.byExchange(connection));
                    } catch (MalformedException e) {
                        return free;
                    }
                    if (SealedRows.vaults(connection).size() == vaults.size()) {
                        Places.remove(connection, free);
                    }
                    return free;
                }));
        chunks.removeLeftovers();
        chunks.repack(Chunks.WORN);
    }
}
