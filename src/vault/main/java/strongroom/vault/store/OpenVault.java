package strongroom.vault.store;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.Change;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.catalog.Tree;
import strongroom.vault.store.chunk.Place;

/// One vault of the open store, with everything that works on it: a lock around the replica, the chunk folder and
/// whoever signs. Safe for several threads.
final class OpenVault {
    /// Looks at the tree, under the lock.
    @FunctionalInterface
    interface Look<T> {
        T at(Tree tree) throws StoreException;
    }

    private final Database database;
    private final Chunks chunks;
    private final ContentLists lists;
    private final ExecutorService workers;
    private final Replica replica;
    private final Supplier<@Nullable Author> author;
    private final Clock clock;
    private final RandomGenerator random;
    private final Pins pins;
    private final DeviceNotes notes;
    private final ReentrantLock lock = new ReentrantLock();
    private Set<Digest> absent = Set.of();
    private long absentAt = -1;
    private @Nullable Authors authors;
    private long changes;
    private volatile boolean unusable;
    private volatile boolean worn;

    OpenVault(
            Database database,
            Chunks chunks,
            ContentLists lists,
            ExecutorService workers,
            Replica replica,
            DeviceNotes notes,
            Pins pins,
            Supplier<@Nullable Author> author,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.chunks = chunks;
        this.lists = lists;
        this.workers = workers;
        this.replica = replica;
        this.notes = notes;
        this.pins = pins;
        this.author = author;
        this.clock = clock;
        this.random = random;
    }

    /// A content's bytes. @return closed by the caller
    /// @throws StoreException `NOT_LOCAL` if some of it is not on this device: the agent is asked to fetch it
    InputStream open(Content content) throws StoreException {
        if (!bring(content)) {
            throw new StoreException(StoreException.Why.NOT_LOCAL, "The document is not on this device yet.");
        }
        return new ContentStream(lists.data(content), chunks, keys().chunks(content.epoch()), workers);
    }

    /// Sees to it that a content can be opened. @return false if the agent must fetch some of it first
    boolean bring(Content content) throws StoreException {
        Set<Digest> needed = lists.all(content);
        for (Digest chunk : List.copyOf(needed)) {
            if (chunks.has(chunk)) {
                needed.remove(chunk);
            }
        }
        if (!needed.isEmpty()) {
            database.write(connection -> {
                Transfers.fetch(connection, replica.vault(), needed);
                return needed;
            });
        }
        return needed.isEmpty();
    }

    /// Whether all of a content is on this device. @param absent see {@link #absentNow}
    boolean isLocal(@Nullable Content content, Set<Digest> absent) {
        return content == null || absent.isEmpty() || Collections.disjoint(lists.all(content), absent);
    }

    DeviceNotes notes() {
        return notes;
    }

    Id id() {
        return replica.vault();
    }

    /// See {@link Replica#unsent}.
    Set<Digest> unsent() throws StoreException {
        return look(tree -> replica.unsent());
    }

    ContentLists lists() {
        return lists;
    }

    Chunks chunks() {
        return chunks;
    }

    Clock clock() {
        return clock;
    }

    VaultKeys keys() {
        return replica.keys();
    }

    List<Damage> damages() {
        return replica.damages();
    }

    Id newId() {
        return Id.random(random);
    }

    <T> T look(Look<T> look) throws StoreException {
        lock.lock();
        try {
            if (unusable) {
                throw Failure.closed();
            }
            return look.at(replica.tree());
        } finally {
            lock.unlock();
        }
    }

    /// Counts changes of the tree, so that what was computed from it can be kept.
    long changes() {
        return changes;
    }

    /// Decides on operations while looking at the tree, and makes them durable.
    void change(Look<List<Operation>> decide) throws StoreException {
        change(decide, null);
    }

    /// The same, with contents. @param writer published; its chunks get their places with the change
    void change(Look<List<Operation>> decide, @Nullable ContentWriter writer) throws StoreException {
        settle();
        look(tree -> {
            List<Operation> operations = decide.at(tree);
            if (operations.isEmpty()) {
                return operations;
            }
            Author signer = author.get();
            if (signer == null) {
                throw new StoreException(StoreException.Why.NOT_LOCAL, "This device waits for the keys of its person.");
            }
            Change change = new Change(Id.random(random), clock.instant(), signer.deviceName(), operations);
            write(connection -> {
                replica.commit(connection, signer, change, place(connection, writer));
                return change;
            });
            if (writer != null) {
                writer.committed();
            }
            return operations;
        });
    }

    /// Decides on operations that destroy, makes them durable, then forgets here what the server has or never gets, and
    /// what nothing else needs: the names of its chunks, which are their keys, then their bytes.
    void destroy(Look<List<Operation>> decide) throws StoreException {
        boolean done = look(tree -> {
            Map<Id, Content> gone = new HashMap<>();
            Set<Id> entries = new HashSet<>();
            change(there -> {
                List<Operation> operations = decide.at(there);
                for (Operation operation : operations) {
                    @Nullable Node node = there.recorded(operation.entry());
                    if (node != null) {
                        entries.add(node.id());
                        node.contents().forEach(content -> gone.put(content.revision(), content));
                    }
                }
                return operations;
            });
            if (entries.isEmpty()) {
                return false;
            }
            entries.removeIf(entry -> tree.recorded(entry) != null);
            notes.forget(entries);
            Set<Digest> useless = chunks(gone.values());
            for (Node node : tree.all()) {
                node.contents().forEach(content -> useless.removeAll(lists.all(content)));
            }
            useless.removeAll(replica.unsent());
            forget(useless);
            return true;
        });
        if (done) {
            chunks.repack(Chunks.ANY_WASTE);
            database.scrub();
        }
    }

    /// Takes what documents have and had off this device, as far as the server has it and nothing else needs it.
    ///
    /// @return how many bytes of chunks that are
    long evict(Set<Id> documents) throws StoreException {
        long bytes = look(tree -> {
            Set<Digest> going = new HashSet<>();
            for (Id document : documents) {
                @Nullable Node node = tree.get(document);
                if (node != null) {
                    going.addAll(chunks(node.contents().toList()));
                }
            }
            for (Node node : tree.all()) {
                boolean stays = !documents.contains(node.id());
                // The lists of long documents stay in any case: without them nobody knows what is missing.
                node.contents()
                        .forEach(content -> (stays ? lists.all(content) : listOf(content)).forEach(going::remove));
            }
            going.removeAll(replica.unsent());
            return letGo(going);
        });
        chunks.repack(Chunks.WORN);
        return bytes;
    }

    private static Set<Digest> listOf(Content content) {
        Set<Digest> list = new HashSet<>();
        if (content.listed()) {
            content.chunks().forEach(chunk -> list.add(chunk.id()));
        }
        return list;
    }

    private long letGo(Set<Digest> going) throws StoreException {
        long[] bytes = {0};
        pins.without(
                going,
                free -> database.write(connection -> {
                    free.removeAll(new HashSet<>(Transfers.toSend(connection, replica.vault(), Integer.MAX_VALUE)));
                    for (Digest chunk : List.copyOf(free)) {
                        Optional<Place> place = Places.find(database, chunk);
                        if (place.isEmpty()) {
                            free.remove(chunk);
                        } else {
                            bytes[0] += place.get().length();
                        }
                    }
                    Places.remove(connection, free);
                    Transfers.away(connection, replica.vault(), free);
                    return free;
                }));
        absentAt = -1;
        changes++;
        return bytes[0];
    }

    private Set<Digest> chunks(Collection<Content> contents) {
        Set<Digest> all = new HashSet<>();
        contents.forEach(content -> all.addAll(lists.all(content)));
        return all;
    }

    /// @return the chunks that no commit names yet
    private Collection<Digest> place(Connection connection, @Nullable ContentWriter writer) throws SQLException {
        if (writer == null) {
            return List.of();
        }
        Places.put(connection, writer.lengths(), writer.placed());
        Set<Digest> fresh = new LinkedHashSet<>(writer.placed().keySet());
        Set<Digest> named = Transfers.absent(connection, replica.vault());
        named.retainAll(fresh);
        Transfers.here(connection, replica.vault(), named);
        fresh.removeAll(named);
        return fresh;
    }

    /// Lets what is under way come to its end, and nothing begin after it.
    void shut() {
        lock.lock();
        try {
            unusable = true;
        } finally {
            lock.unlock();
        }
    }

    /// A writer for the contents of one batch.
    ContentWriter writer() throws StoreException {
        if (unusable) {
            throw Failure.closed();
        }
        return new ContentWriter(keys().chunks(keys().current()), chunks, pins, workers, random);
    }

    /// What waits in the inbox goes below what is changed here. @throws StoreException if there is still no room for it
    private void settle() throws StoreException {
        @Nullable Authors known = authors;
        if (replica.isAhead() && known != null) {
            applyIncoming(known);
        }
    }

    /// Takes in what came from the server.
    ///
    /// @return whether anything may look different
    /// @throws StoreException `CONTRADICTION` if some of it is from nobody who may write: what came before that is
    ///     taken in, the rest was taken out of the inbox
    boolean applyIncoming(Authors whose) throws StoreException {
        return look(tree -> {
            authors = whose;
            if (replica.isAhead()) {
                load();
            }
            @Nullable Author signer = author.get();
            Replica.Folded folded = write(connection -> fold(connection, whose, signer));
            if (!folded.dropped().isEmpty()) {
                tidy(folded.dropped());
            }
            if (folded.forged()) {
                throw Failure.forged();
            }
            return folded.changed();
        });
    }

    private Replica.Folded fold(Connection connection, Authors whose, @Nullable Author signer)
            throws SQLException, StoreException {
        Replica.Folded folded = replica.fold(connection, whose, signer, clock.instant());
        Set<Digest> needed = chunks(folded.current());
        // What is only in an earlier version or in the trash comes when somebody opens it.
        Set<Digest> later = chunks(folded.past());
        later.removeAll(needed);
        for (Set<Digest> chunks : List.of(needed, later)) {
            for (Digest chunk : List.copyOf(chunks)) {
                if (Places.find(database, chunk).isPresent()) {
                    chunks.remove(chunk);
                }
            }
        }
        Transfers.away(connection, replica.vault(), later);
        needed.removeAll(Transfers.absent(connection, replica.vault()));
        Transfers.fetch(connection, replica.vault(), needed);
        return folded;
    }

    /// Forgets the chunks that no entry needs any more, unless they still have to be sent.
    private void tidy(List<Content> dropped) throws StoreException {
        Set<Digest> useless = chunks(dropped);
        for (Content content : replica.contents()) {
            if (!useless.isEmpty()) {
                useless.removeAll(lists.all(content));
            }
        }
        forget(useless);
        worn = true;
    }

    private void forget(Set<Digest> useless) throws StoreException {
        pins.without(
                useless,
                free -> database.write(connection -> {
                    free.removeAll(new HashSet<>(Transfers.toSend(connection, replica.vault(), Integer.MAX_VALUE)));
                    Transfers.here(connection, replica.vault(), free);
                    Places.remove(connection, free);
                    return free;
                }));
    }

    /// Whether chunks were forgotten since this was asked last, so that packs may have become thin.
    boolean takeWorn() {
        boolean now = worn;
        worn = false;
        return now;
    }

    private <T> T write(Database.Work<T> work) throws StoreException {
        boolean done = false;
        try {
            T result = database.write(work);
            changes++;
            absentAt = -1;
            done = true;
            return result;
        } finally {
            if (!done) {
                reload();
            }
        }
    }

    /// The transaction did not happen: memory goes back to what the disk says.
    private void reload() {
        changes++;
        try {
            load();
            lookAhead();
        } catch (StoreException e) {
            // What is in memory cannot be trusted any more; the failure that led here is the one to tell.
            unusable = true;
        }
    }

    private void lookAhead() throws StoreException {
        @Nullable Authors known = authors;
        if (known != null) {
            database.read(connection -> {
                replica.look(connection, known);
                return replica;
            });
        }
    }

    /// Writes the first rows of a vault that is new here.
    void begin(Connection connection) throws SQLException {
        replica.begin(connection);
    }

    /// Reads the rows anew, as a check. @return what is wrong with them
    List<Damage> recheck() throws StoreException {
        return look(tree -> {
            boolean ahead = replica.isAhead();
            load();
            if (ahead) {
                lookAhead();
            }
            changes++;
            return damages();
        });
    }

    /// The contents that any entry has.
    List<Content> contents() throws StoreException {
        return look(tree -> replica.contents());
    }

    /// The chunks that are known not to be here.
    Set<Digest> absent() throws StoreException {
        return database.read(connection -> Transfers.absent(connection, replica.vault()));
    }

    void load() throws StoreException {
        database.read(connection -> {
            replica.load(connection);
            return replica;
        });
    }

    /// The chunks that are known not to be here, as of now; read again only when another process wrote. Under the
    /// lock.
    Set<Digest> absentNow() throws StoreException {
        long version = database.read(connection -> (long) Database.number(connection, "PRAGMA data_version"));
        if (version != absentAt) {
            absent = absent();
            absentAt = version;
        }
        return absent;
    }
}
