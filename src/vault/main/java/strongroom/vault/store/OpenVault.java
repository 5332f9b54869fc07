package strongroom.vault.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.Change;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.catalog.Tree;

/// One vault of the open store: a lock around its replica, its chunks and whoever signs. The catalogue is read
/// when it is needed first. Safe for several threads.
final class OpenVault {
    /// Looks at the tree, under the lock.
    @FunctionalInterface
    interface Look<T> {
        T at(Tree tree) throws StoreException;
    }

    private final Database database;
    private final Replica replica;
    private final Holdings holdings;
    private final DeviceNotes notes;
    private final Supplier<@Nullable Author> author;
    private final Supplier<Authors> first;
    private final Clock clock;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Authors authors;
    private long changes;
    private List<Damage> refused = List.of();
    /// Whether something was taken in of which no caller of {@link #applyIncoming} knows.
    private boolean untold;
    private volatile boolean loaded;
    private volatile boolean unusable;
    private volatile boolean worn;

    /// @param author who signs what is changed here, if anybody @param first whose changes count when it is read first
    OpenVault(
            Database database,
            Replica replica,
            Holdings holdings,
            DeviceNotes notes,
            Supplier<@Nullable Author> author,
            Supplier<Authors> first,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.replica = replica;
        this.holdings = holdings;
        this.notes = notes;
        this.author = author;
        this.first = first;
        this.clock = clock;
        this.random = random;
    }

    Holdings holdings() {
        return holdings;
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

    Clock clock() {
        return clock;
    }

    VaultKeys keys() {
        return replica.keys();
    }

    List<Damage> damages() throws StoreException {
        return look(tree -> known());
    }

    private List<Damage> known() {
        return Stream.concat(replica.damages().stream(), refused.stream()).toList();
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
            if (!loaded) {
                loadFirst();
            }
            return look.at(replica.tree());
        } finally {
            lock.unlock();
        }
    }

    /// What is in a folder, as long as the catalogue has not been read: from the folder's pages alone, and at
    /// once. Empty afterwards, and if that cannot be told so early.
    Optional<List<Node>> peek(Id folder) throws StoreException {
        if (loaded || unusable) {
            return Optional.empty();
        }
        // In one go: closing waits for the database, and zeroes the keys after that.
        return database.read(_ -> replica.peek(database, folder));
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
                replica.commit(connection, signer, change, holdings.place(connection, writer));
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
    ///
    /// @return whether there was anything to destroy
    boolean destroy(Look<List<Operation>> decide) throws StoreException {
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
            Set<Digest> useless = holdings.of(gone.values());
            for (Node node : tree.all()) {
                useless.removeAll(holdings.of(node.contents().toList()));
            }
            useless.removeAll(replica.unsent());
            holdings.forget(useless);
            return true;
        });
        if (done) {
            holdings.scrub();
        }
        return done;
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
                    going.addAll(holdings.of(node.contents().toList()));
                }
            }
            for (Node node : tree.all()) {
                if (!documents.contains(node.id())) {
                    going.removeAll(holdings.of(node.contents().toList()));
                }
                // The lists of long documents stay in any case: without them nobody knows what is missing.
                node.contents().filter(Content::listed).forEach(content -> content.chunks()
                        .forEach(chunk -> going.remove(chunk.id())));
            }
            going.removeAll(replica.unsent());
            changes++;
            return holdings.evict(going);
        });
        holdings.giveBack();
        return bytes;
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
        return holdings.writer();
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
                load(false);
            }
            @Nullable Author signer = author.get();
            Replica.Folded folded = write(connection -> fold(connection, whose, signer));
            if (!folded.dropped().isEmpty()) {
                tidy(folded.dropped());
            }
            if (folded.forged()) {
                throw Failure.forged();
            }
            boolean changed = folded.changed() || untold;
            untold = false;
            return changed;
        });
    }

    private Replica.Folded fold(Connection connection, Authors whose, @Nullable Author signer)
            throws SQLException, StoreException {
        Replica.Folded folded = replica.fold(connection, whose, signer, clock.instant());
        Set<Digest> later = holdings.of(folded.past());
        if (!later.isEmpty()) {
            for (Node node : replica.tree().all()) {
                if (!node.isRemoved() && node.content() != null) {
                    later.removeAll(holdings.of(List.of(node.content())));
                }
            }
        }
        holdings.expect(connection, holdings.of(folded.current()), later);
        return folded;
    }

    /// Forgets the chunks that no entry needs any more, unless they still have to be sent.
    private void tidy(List<Content> dropped) throws StoreException {
        Set<Digest> useless = holdings.of(dropped);
        for (Content content : replica.contents()) {
            if (!useless.isEmpty()) {
                useless.removeAll(holdings.of(List.of(content)));
            }
        }
        holdings.forget(useless);
        worn = true;
    }

    /// Takes the bytes of what was forgotten since this was called last off the disk.
    void scrub() throws StoreException {
        if (worn) {
            worn = false;
            holdings.scrub();
        }
    }

    private <T> T write(Database.Work<T> work) throws StoreException {
        boolean done = false;
        try {
            T result = database.write(work);
            changes++;
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
            load(false);
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
    void begin(Connection connection) throws SQLException, StoreException {
        replica.begin(database, connection);
        loaded = true;
    }

    /// Writes the catalogue anew if some of it is damaged in one of two places. @return whether it did
    boolean mend() throws StoreException {
        return look(tree -> {
            @Nullable Author signer = author.get();
            return write(connection -> replica.mend(connection, signer));
        });
    }

    /// Reads the rows anew, as a check. @return what is wrong with them
    List<Damage> recheck() throws StoreException {
        return look(tree -> {
            boolean ahead = replica.isAhead();
            load(true);
            if (ahead) {
                lookAhead();
            }
            changes++;
            return known();
        });
    }

    /// The contents that any entry has.
    List<Content> contents() throws StoreException {
        return look(tree -> replica.contents());
    }

    /// Reads the catalogue when it is needed first, and takes in what has come since it was read last.
    private void loadFirst() throws StoreException {
        load(false);
        try {
            untold = applyIncoming(first.get());
        } catch (StoreException e) {
            // Said again by the next applyIncoming; what is here can be used, also on a full disk.
            if (e.why() == StoreException.Why.CONTRADICTION) {
                refused = List.of(new Damage("server", e.sentence()));
            }
        }
    }

    private void load(boolean twice) throws StoreException {
        loaded = false;
        replica.load(database, twice);
        loaded = true;
    }
}
