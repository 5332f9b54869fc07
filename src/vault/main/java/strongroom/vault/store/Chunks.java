package strongroom.vault.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.chunk.Pack;
import strongroom.vault.store.chunk.PackBatch;
import strongroom.vault.store.chunk.PackFolder;
import strongroom.vault.store.chunk.PackScan;
import strongroom.vault.store.chunk.Place;
import strongroom.vault.store.chunk.Side;
import strongroom.vault.store.chunk.Tag;

/// The ciphertext of this store: packs, and the tables that say what lies where in them. Window and agent have one
/// each. Safe for several threads.
final class Chunks implements AutoCloseable {
    /// Which packs {@link #repack} writes anew: those of which less is in use, in parts of a hundred.
    static final int WORN = 75;
    /// See {@link #WORN}: those that hold anything that is not in use.
    static final int ANY_WASTE = 100;

    private final Database database;
    private final PackFolder folder;
    private final Side side;
    /// Found at the beginning, so that nothing that is being written is among them.
    private final List<Pack> leftovers = new CopyOnWriteArrayList<>();

    private Chunks(Database database, PackFolder folder, Side side) {
        this.database = database;
        this.folder = folder;
        this.side = side;
    }

    /// Opens the packs of a store.
    static Chunks open(Path storeFolder, Database database, Side side, RandomGenerator random) throws StoreException {
        try {
            PackFolder folder = new PackFolder(storeFolder.resolve("packs"), side, random);
            Chunks chunks = new Chunks(database, folder, side);
            List<Places.Row> packs = database.read(Places::packs);
            chunks.leftovers.addAll(folder.unknown(new HashSet<>(known(packs))));
            for (Places.Row row : packs) {
                if (row.pack().side() == side) {
                    folder.resume(row.pack(), row.length());
                }
            }
            return chunks;
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /// Removes the packs that a crash left of this side's. Where the tables are damaged they may be all that is left of
    /// a document: only for a store in which nothing is.
    void removeLeftovers() throws StoreException {
        Set<Pack> known = new HashSet<>(known(database.read(Places::packs)));
        leftovers.stream().filter(pack -> !known.contains(pack)).forEach(folder::delete);
        leftovers.clear();
    }

    private static List<Pack> known(List<Places.Row> packs) {
        return packs.stream().map(Places.Row::pack).toList();
    }

    /// Whether a chunk is here. Says nothing about what its bytes are.
    boolean has(Digest chunk) throws StoreException {
        return place(chunk).isPresent();
    }

    /// Where it lies.
    Optional<Place> place(Digest chunk) throws StoreException {
        return database.read(_ -> Places.find(database, chunk));
    }

    /// Whether the bytes that the tables promise are there.
    boolean isWhole(Place place) throws StoreException {
        try {
            return folder.length(place.pack()) >= place.position() + place.length();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /// The ciphertext. @throws StoreException `NOT_LOCAL` if it is not here
    byte[] read(Digest chunk) throws StoreException {
        for (int attempt = 0; attempt < 2; attempt++) {
            Place place = place(chunk).orElseThrow(Failure::notLocal);
            try {
                return folder.read(place);
            } catch (NoSuchFileException gone) {
                // The other process may have moved it to a new pack meanwhile.
            } catch (IOException e) {
                throw Failure.of(e);
            }
        }
        throw Failure.notLocal();
    }

    /// Where chunks lie, each at its number; null for one that is not here.
    ///
    /// @param from the first of them @param to behind the last one @param into as many as there are chunks
    void places(List<ChunkRef> chunks, int from, int to, @Nullable Place[] into) throws StoreException {
        database.read(_ -> {
            for (int i = from; i < to; i++) {
                into[i] = Places.find(database, chunks.get(i).id()).orElse(null);
            }
            return into;
        });
    }

    /// Whether this side's own program wrote what lies there.
    boolean isOwn(Place place) {
        return place.pack().side() == side;
    }

    /// Some of the ciphertext that lies in a place.
    ///
    /// @param from its first byte @param into gets it, at its beginning
    /// @return false if the pack is gone: it may have been written anew meanwhile
    boolean read(Place place, int from, byte[] into, int length) throws StoreException {
        try {
            folder.read(place, from, into, length);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /// The ciphertext that lies in a place, whatever it is.
    byte[] read(Place place) throws StoreException {
        try {
            return folder.read(place);
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /// How long a pack is.
    long length(Pack pack) throws IOException {
        return folder.length(pack);
    }

    /// Looks through all packs for chunks whose places are lost. @param wanted each gets the places that bear its tag
    void find(Map<Tag, List<Place>> wanted) throws StoreException {
        try {
            PackScan.all(folder.path(), (tag, place) -> {
                List<Place> places = wanted.get(tag);
                if (places != null) {
                    places.add(place);
                }
            });
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /// Begins a batch, closed by the caller.
    PackBatch batch() {
        return folder.batch(database::isInDoubt);
    }

    /// Writes packs of this side anew of which much is not in use any more, and removes the old ones. Nothing is
    /// decrypted. A pack that cannot be read, or for whose copy there is no room, stays as it is.
    ///
    /// @param below {@link #WORN} or {@link #ANY_WASTE} @return bytes that became free
    long repack(int below) throws StoreException {
        long freed = 0;
        for (Places.Row row : database.read(Places::packs)) {
            boolean worn = row.live() * 100 < (row.length() - PackFolder.EMPTY) * below;
            if (row.pack().side() == side && worn && !Thread.currentThread().isInterrupted() && settle(row)) {
                boolean done = false;
                try {
                    done = repack(row);
                } finally {
                    if (done) {
                        folder.delete(row.pack());
                        freed += row.length() - row.live();
                    } else {
                        folder.resume(row.pack(), row.length());
                    }
                }
            }
        }
        return freed;
    }

    /// @return whether nobody writes to the pack from now on
    private boolean settle(Places.Row row) {
        return row.length() >= PackFolder.FULL || folder.withdraw(row.pack());
    }

    private boolean repack(Places.Row row) throws StoreException {
        try (PackBatch batch = batch()) {
            Map<Digest, Place> moved = new LinkedHashMap<>();
            for (Places.Located located : database.read(connection -> Places.in(connection, row))) {
                byte[] ciphertext = folder.read(located.place());
                moved.put(located.chunk(), batch.add(located.chunk(), ciphertext));
            }
            batch.force();
            boolean done = database.write(connection -> {
                // Some may have been forgotten meanwhile.
                Set<Digest> left = new HashSet<>();
                Places.in(connection, row).forEach(located -> left.add(located.chunk()));
                boolean all = moved.keySet().containsAll(left);
                if (all) {
                    moved.keySet().retainAll(left);
                    Places.removePack(connection, row);
                    Places.put(connection, batch.lengths(), moved);
                }
                return all;
            });
            if (done) {
                batch.committed();
            }
            return done;
        } catch (IOException e) {
            // Whatever is wrong with it, whoever reads its chunks is told; giving room back can wait.
            return false;
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
