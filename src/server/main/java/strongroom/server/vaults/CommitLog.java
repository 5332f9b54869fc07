package strongroom.server.vaults;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.db.Columns;
import strongroom.server.db.Database;
import strongroom.server.device.Device;
import strongroom.server.device.Devices;
import strongroom.server.events.EventHub;
import strongroom.server.refusal.RefusedException;

/// The log of each vault: one line of commits without gaps. The server puts them in order by compare-and-set on
/// sequence and parent and cannot read them; it checks the author's signature so that nobody else can fill a vault's
/// log. A commit that was acknowledged is on the disk.
public final class CommitLog {
    private static final long PAGE_BYTES = 16L << 20;

    private final Database database;
    private final EventHub events;
    private final Clock clock;

    /// @param events tells the members' devices of a new head
    public CommitLog(Database database, EventHub events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    private record Head(long sequence, Digest hash) {}

    /// Appends a commit, if it follows the head. The commit that is the head already changes nothing: the answer to
    /// it may have been lost.
    ///
    /// @throws RefusedException NOT_FOUND for who is no member, MALFORMED if author, device or epoch are not the
    ///     caller's, HEAD_MOVED, CHUNK_MISSING
    public void append(Device caller, Id vault, Commit commit) throws RefusedException {
        CommitHeader header = caller.openedByPerson(commit::open);
        if (!header.vault().equals(vault)
                || !header.person().equals(caller.person())
                || !header.device().equals(caller.id())) {
            throw RefusedException.malformed("The commit is for another vault, person or device.");
        }
        List<Id> listeners = database.write(handle -> {
            // Once more here: an order may have come while the body was on its way.
            Devices.find(handle, caller.id()).requireActive();
            Vaults.requireMember(handle, vault, caller.person());
            if (header.epoch() < 1 || header.epoch() > Vaults.epoch(handle, vault, caller.person())) {
                throw RefusedException.malformed("The vault has no key of this epoch.");
            }
            if (!isThere(handle, vault, header.sequence(), commit.hash())) {
                requireFollowsHead(handle, vault, header);
                Chunks.requireAll(handle, vault, header.chunks());
                insert(handle, commit, header);
            }
            return Vaults.listeners(handle, vault);
        });
        events.publish(listeners, Wire.EVENT_HEAD, vault.toString());
    }

    /// The commits behind `after`: at most {@link Wire#COMMIT_PAGE}, and at most 16 MiB of them unless the first alone
    /// is longer.
    ///
    /// @throws RefusedException NOT_FOUND for who is no member
    public List<Commit> after(Device caller, Id vault, long after) throws RefusedException {
        return database.read(handle -> {
            Vaults.requireMember(handle, vault, caller.person());
            try (ResultIterator<byte[]> found = handle.createQuery("SELECT encoded FROM vault_commit"
                            + " WHERE vault = :vault AND sequence > :after ORDER BY sequence LIMIT :page")
                    .bind("vault", vault.toByteArray())
                    .bind("after", after)
                    .bind("page", Wire.COMMIT_PAGE)
                    .map((row, _) -> row.getBytes("encoded"))
                    .iterator()) {
                return page(found);
            }
        });
    }

    private static List<Commit> page(Iterator<byte[]> found) {
        List<Commit> page = new ArrayList<>();
        long bytes = 0;
        while (found.hasNext()) {
            byte[] next = found.next();
            bytes += next.length;
            if (bytes > PAGE_BYTES && !page.isEmpty()) {
                break;
            }
            page.add(commit(next));
        }
        return page;
    }

    private static Commit commit(byte[] stored) {
        try {
            return Commit.of(stored);
        } catch (MalformedException e) {
            throw new IllegalStateException("the database is damaged in a commit", e);
        }
    }

    private static boolean isThere(Handle handle, Id vault, long sequence, Digest hash) {
        return handle.createQuery(
                        "SELECT count(*) > 0 FROM vault_commit WHERE vault = :vault AND sequence = :sequence AND hash = :hash")
                .bind("vault", vault.toByteArray())
                .bind("sequence", sequence)
                .bind("hash", hash.toByteArray())
                .mapTo(Boolean.class)
                .one();
    }

    private static void requireFollowsHead(Handle handle, Id vault, CommitHeader header) throws RefusedException {
        Head head = handle.createQuery("SELECT sequence, head FROM vault WHERE id = :vault")
                .bind("vault", vault.toByteArray())
                .map((row, _) -> new Head(row.getLong("sequence"), Columns.digest(row, "head")))
                .one();
        if (header.sequence() != head.sequence + 1 || !header.parent().equals(head.hash)) {
            throw new RefusedException(Refusal.HEAD_MOVED, "The vault has a newer head. Fetch it and try again.");
        }
    }

    private void insert(Handle handle, Commit commit, CommitHeader header) {
        handle.createUpdate("INSERT INTO vault_commit (vault, sequence, hash, device, at, encoded)"
                        + " VALUES (:vault, :sequence, :hash, :device, :now, :encoded)")
                .bind("vault", header.vault().toByteArray())
                .bind("sequence", header.sequence())
                .bind("hash", commit.hash().toByteArray())
                .bind("device", header.device().toByteArray())
                .bind("now", clock.millis())
                .bind("encoded", commit.toByteArray())
                .execute();
        handle.createUpdate("UPDATE vault SET sequence = :sequence, head = :hash WHERE id = :vault")
                .bind("sequence", header.sequence())
                .bind("hash", commit.hash().toByteArray())
                .bind("vault", header.vault().toByteArray())
                .execute();
    }
}
