package strongroom.server.vaults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.refusal.RefusedException;

/// The chunks of each vault: ciphertext under names that its members made. A chunk is there when its row is; the row
/// is written after the file is on the disk. Chunks of one vault are not shared with another, so nobody learns from
/// the server whether somebody else has the same content.
public final class Chunks {
    private final Database database;
    private final ChunkFolder folder;
    private final Clock clock;

    /// @param folder holds the bytes
    public Chunks(Database database, ChunkFolder folder, Clock clock) {
        this.database = database;
        this.folder = folder;
        this.clock = clock;
    }

    /// Which of these are not there. @throws RefusedException NOT_FOUND for who is no member
    public List<Digest> missing(Device caller, Id vault, List<Digest> asked) throws RefusedException {
        return database.read(handle -> {
            Vaults.requireMember(handle, vault, caller.person());
            return missing(handle, vault, asked);
        });
    }

    /// Takes a chunk. The same bytes again change nothing.
    ///
    /// @param content read to its end, not closed
    /// @throws RefusedException NOT_FOUND for who is no member, TOO_LARGE, NO_ROOM, or CHUNK_DIFFERS if other bytes
    ///     have this name already
    /// @throws IOException if the client or the disk broke off
    public void put(Device caller, Id vault, Digest chunk, InputStream content) throws RefusedException, IOException {
        database.read(handle -> {
            Vaults.requireMember(handle, vault, caller.person());
            return null;
        });
        try (ChunkFolder.Incoming incoming = folder.receive(content)) {
            // In the write transaction, hence one after the other: two that give other bytes the same name must not
            // both find it free.
            database.write(handle -> {
                Devices.find(handle, caller.id()).requireActive();
                Vaults.requireMember(handle, vault, caller.person());
                Optional<Digest> there = sha256(handle, vault, chunk);
                if (there.isEmpty()) {
                    move(incoming, vault, chunk);
                    insert(handle, vault, chunk, incoming);
                } else if (!there.get().equals(incoming.sha256())) {
                    throw new RefusedException(Refusal.CHUNK_DIFFERS, "Other bytes have this name already.");
                }
                return null;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// The bytes of a chunk. @throws RefusedException NOT_FOUND if it is not there or the caller is no member
    public byte[] get(Device caller, Id vault, Digest chunk) throws RefusedException, IOException {
        database.read(handle -> {
            Vaults.requireMember(handle, vault, caller.person());
            if (sha256(handle, vault, chunk).isEmpty()) {
                throw RefusedException.notFound();
            }
            return null;
        });
        return folder.read(vault, chunk);
    }

    private static void move(ChunkFolder.Incoming incoming, Id vault, Digest chunk) {
        try {
            incoming.moveTo(vault, chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws RefusedException CHUNK_MISSING
    static void requireAll(Handle handle, Id vault, List<Digest> chunks) throws RefusedException {
        if (!missing(handle, vault, chunks).isEmpty()) {
            throw new RefusedException(Refusal.CHUNK_MISSING, "The commit names a chunk that is not there yet.");
        }
    }

    private static List<Digest> missing(Handle handle, Id vault, List<Digest> asked) {
        // One prepared statement: a commit may name thousands of chunks while it holds the one writer.
        try (PreparedStatement find =
                handle.getConnection().prepareStatement("SELECT 1 FROM chunk WHERE vault = ? AND id = ?")) {
            find.setBytes(1, vault.toByteArray());
            List<Digest> missing = new ArrayList<>();
            for (Digest chunk : asked) {
                find.setBytes(2, chunk.toByteArray());
                try (ResultSet row = find.executeQuery()) {
                    if (!row.next()) {
                        missing.add(chunk);
                    }
                }
            }
            return missing;
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    private static Optional<Digest> sha256(Handle handle, Id vault, Digest chunk) {
        return handle.createQuery("SELECT sha256 FROM chunk WHERE vault = :vault AND id = :id")
                .bind("vault", vault.toByteArray())
                .bind("id", chunk.toByteArray())
                .map((row, _) -> Columns.digest(row, "sha256"))
                .findOne();
    }

    private void insert(Handle handle, Id vault, Digest chunk, ChunkFolder.Incoming incoming) {
        handle.createUpdate(
                        "INSERT INTO chunk (vault, id, size, sha256, at) VALUES (:vault, :id, :size, :sha256, :now)")
                .bind("vault", vault.toByteArray())
                .bind("id", chunk.toByteArray())
                .bind("size", incoming.size())
                .bind("sha256", incoming.sha256().toByteArray())
                .bind("now", clock.millis())
                .execute();
    }
}
