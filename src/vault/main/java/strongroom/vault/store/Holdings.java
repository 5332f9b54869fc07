package strongroom.vault.store;

import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.chunk.Place;

/// Which chunks of one vault are here, which are to come, and what becomes of those that nothing needs. What needs them
/// is for the caller to say, who has the tree and its lock.
final class Holdings {
    private final Database database;
    private final Chunks chunks;
    private final ContentLists lists;
    private final VaultKeys keys;
    private final Id vault;
    private final Pins pins;
    private final ExecutorService workers;
    private final RandomGenerator random;
    private Database.@Nullable Version seen;
    private @Nullable Set<Digest> absentAtSeen;
    /// Revisions whose chunks were all here: a long document has thousands, and is opened often.
    private final Set<Id> wholeAtSeen = new HashSet<>();

    Holdings(
            Database database,
            Chunks chunks,
            ContentLists lists,
            VaultKeys keys,
            Id vault,
            Pins pins,
            ExecutorService workers,
            RandomGenerator random) {
        this.database = database;
        this.chunks = chunks;
        this.lists = lists;
        this.keys = keys;
        this.vault = vault;
        this.pins = pins;
        this.workers = workers;
        this.random = random;
    }

    ContentLists lists() {
        return lists;
    }

    /// A content's bytes. @return closed by the caller
    /// @throws StoreException `NOT_LOCAL` if some of it is not on this device: the agent is asked to fetch it
    InputStream open(Content content) throws StoreException {
        return new ContentStream(located(content), chunks, keys.chunks(content.epoch()), workers);
    }

    /// A content, to be read wherever one likes. @return closed by the caller
    /// @throws StoreException as {@link #open}
    SeekableByteChannel channel(Content content) throws StoreException {
        return new ContentChannel(located(content), chunks, keys.chunks(content.epoch()));
    }

    private LocatedChunks located(Content content) throws StoreException {
        if (!content.listed()) {
            // Few chunks: whether they are here, and where, is one question.
            LocatedChunks few = new LocatedChunks(content.chunks(), chunks);
            if (few.areHere()) {
                return few;
            }
        }
        if (!bring(content)) {
            throw new StoreException(StoreException.Why.NOT_LOCAL, "The document is not on this device yet.");
        }
        return new LocatedChunks(lists.data(content), chunks);
    }

    /// A writer for the contents of one batch.
    ContentWriter writer() throws StoreException {
        return new ContentWriter(keys.chunks(keys.current()), chunks, pins, workers, random);
    }

    /// Sees to it that a content can be opened. @return false if the agent must fetch some of it first
    boolean bring(Content content) throws StoreException {
        Database.Version version;
        synchronized (this) {
            version = look();
            if (wholeAtSeen.contains(content.revision())) {
                return true;
            }
        }
        Set<Digest> needed = lists.all(content);
        for (Digest chunk : List.copyOf(needed)) {
            if (chunks.has(chunk)) {
                needed.remove(chunk);
            }
        }
        if (!needed.isEmpty()) {
            database.write(connection -> {
                Transfers.fetch(connection, vault, needed);
                return needed;
            });
            return false;
        }
        synchronized (this) {
            if (version.equals(seen)) {
                wholeAtSeen.add(content.revision());
            }
        }
        return true;
    }

    /// Forgets what was seen in another version of the tables. Under the monitor. @return the present version
    private Database.Version look() throws StoreException {
        Database.Version now = database.version();
        if (!now.equals(seen)) {
            seen = now;
            absentAtSeen = null;
            wholeAtSeen.clear();
        }
        return now;
    }

    /// Whether all of a content is on this device. @param away see {@link #absentNow}
    boolean isLocal(@Nullable Content content, Set<Digest> away) {
        return content == null || away.isEmpty() || Collections.disjoint(lists.all(content), away);
    }

    /// The chunks that are known not to be here.
    Set<Digest> absent() throws StoreException {
        return database.read(connection -> Transfers.absent(connection, vault));
    }

    /// The same; read again only when somebody wrote.
    synchronized Set<Digest> absentNow() throws StoreException {
        look();
        Set<Digest> known = absentAtSeen == null ? absent() : absentAtSeen;
        absentAtSeen = known;
        return known;
    }

    /// Every chunk that these need.
    Set<Digest> of(Collection<Content> contents) {
        Set<Digest> all = new HashSet<>();
        contents.forEach(content -> all.addAll(lists.all(content)));
        return all;
    }

    /// Notes where a published writer put its chunks. @return those that no commit names yet
    Collection<Digest> place(Connection connection, @Nullable ContentWriter writer) throws SQLException {
        if (writer == null) {
            return List.of();
        }
        Places.put(connection, writer.lengths(), writer.placed());
        Set<Digest> fresh = new LinkedHashSet<>(writer.placed().keySet());
        Set<Digest> named = Transfers.absent(connection, vault);
        named.retainAll(fresh);
        Transfers.here(connection, vault, named);
        fresh.removeAll(named);
        return fresh;
    }

    /// Notes what commits of others made of some documents.
    ///
    /// @param current comes as soon as it can
    /// @param later only in earlier versions or in the trash: comes when somebody opens it
    void expect(Connection connection, Set<Digest> current, Set<Digest> later) throws SQLException {
        Set<Digest> missing = missing(current);
        missing.removeAll(Transfers.absent(connection, vault));
        Transfers.away(connection, vault, missing(later));
        Transfers.fetch(connection, vault, missing);
    }

    private Set<Digest> missing(Set<Digest> needed) throws SQLException {
        Set<Digest> missing = new HashSet<>();
        for (Digest chunk : needed) {
            if (Places.find(database, chunk).isEmpty()) {
                missing.add(chunk);
            }
        }
        return missing;
    }

    /// Forgets the names of chunks, which are their keys; those that still have to be sent stay.
    void forget(Set<Digest> useless) throws StoreException {
        pins.without(
                useless,
                free -> database.write(connection -> {
                    keepUnsent(connection, free);
                    Transfers.here(connection, vault, free);
                    Places.remove(connection, free);
                    return free;
                }));
    }

    /// Lets chunks leave this device that the server has. @return how many bytes of ciphertext that are
    long evict(Set<Digest> going) throws StoreException {
        long[] bytes = {0};
        pins.without(
                going,
                free -> database.write(connection -> {
                    keepUnsent(connection, free);
                    for (Digest chunk : List.copyOf(free)) {
                        Optional<Place> place = Places.find(database, chunk);
                        if (place.isEmpty()) {
                            free.remove(chunk);
                        } else {
                            bytes[0] += place.get().length();
                        }
                    }
                    Places.remove(connection, free);
                    Transfers.away(connection, vault, free);
                    return free;
                }));
        return bytes[0];
    }

    private void keepUnsent(Connection connection, Set<Digest> free) throws SQLException {
        Transfers.toSend(connection, vault, Integer.MAX_VALUE).forEach(free::remove);
    }

    /// Takes the bytes of what was forgotten off the disk, too, and what the write-ahead log holds of older pages.
    void scrub() throws StoreException {
        chunks.repack(Chunks.ANY_WASTE);
        database.scrub();
    }

    /// Gives room back where it is worth it.
    void giveBack() throws StoreException {
        chunks.repack(Chunks.WORN);
    }
}
