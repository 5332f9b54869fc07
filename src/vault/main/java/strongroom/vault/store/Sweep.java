package strongroom.vault.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.store.chunk.ChunkFiles;

/// Removes chunk files that nothing names: what a crash left between the disk and the database, or between the
/// removal of a document and that of its chunks. A store with any damage is left alone: what looks useless there may
/// be all that is left of a document.
final class Sweep {
    /// A younger file may belong to a change that another thread or the agent is about to write down.
    private static final Duration GRACE = Duration.ofHours(1);

    private final Database database;
    private final ChunkFiles files;
    private final Pins pins;
    private final Instant now;

    Sweep(Database database, ChunkFiles files, Pins pins, Instant now) {
        this.database = database;
        this.files = files;
        this.pins = pins;
        this.now = now;
    }

    void run(List<OpenVault> vaults) throws StoreException {
        Set<Digest> needed = new HashSet<>();
        for (OpenVault vault : vaults) {
            if (!vault.damages().isEmpty()) {
                return;
            }
            needed.addAll(vault.referenced());
        }
        boolean whole = database.read(connection -> {
            for (Id vault : SealedRows.vaults(connection)) {
                needed.addAll(Transfers.toSend(connection, vault, Integer.MAX_VALUE));
                needed.addAll(Transfers.absent(connection, vault));
                if (!addNamed(connection, LogTable.INBOX, vault, needed)
                        || !addNamed(connection, LogTable.OUTBOX, vault, needed)) {
                    return false;
                }
            }
            return SealedRows.vaults(connection).size() == vaults.size();
        });
        if (!whole) {
            return;
        }
        Instant moment = now.minus(GRACE);
        try {
            for (Digest chunk : files.list()) {
                if (!needed.contains(chunk)) {
                    pins.unlessPinned(chunk, useless -> files.deleteIfOlder(useless, moment));
                }
            }
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    private static boolean addNamed(Connection connection, LogTable table, Id vault, Set<Digest> needed)
            throws SQLException {
        for (LogTable.Row row : table.from(connection, vault, 0, Integer.MAX_VALUE)) {
            try {
                needed.addAll(row.commit().unverifiedHeader().chunks());
            } catch (MalformedException e) {
                return false;
            }
        }
        return true;
    }
}
