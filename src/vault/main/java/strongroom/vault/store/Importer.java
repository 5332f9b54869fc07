package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Names;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.catalog.Tree;

/// Carries out one import: counts the sources, then takes documents in batches that become durable together. While the
/// disk takes one batch, the next one is read; whoever watches is told by the calling thread alone.
final class Importer {
    private static final int BATCH_DOCUMENTS = 256;
    private static final long BATCH_BYTES = 64L << 20;

    private record Read(ImportSource source, Instant modified, ContentWriter.Written written) {}

    private final OpenVault vault;
    private final Documents documents;
    private final Path storeFolder;
    private final ImportWatch watch;
    private final Map<ImportSource, Id> folders = new HashMap<>();
    private final List<Item> added = new ArrayList<>();
    private final List<ImportResult.Skipped> skipped = new ArrayList<>();
    private final ExecutorService finisher =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("import").factory());
    private @Nullable Future<List<Item>> finishing;
    private int foldersMade;
    private long total;
    private long totalBytes;
    private long done;
    private long waiting;
    private long readBytes;

    Importer(OpenVault vault, Documents documents, Path storeFolder, ImportWatch watch) {
        this.vault = vault;
        this.documents = documents;
        this.storeFolder = storeFolder;
        this.watch = watch;
    }

    ImportResult run(List<Path> sources, Id folder) throws StoreException {
        ImportSource.Listing listing = ImportSource.list(sources, storeFolder);
        skipped.addAll(listing.skipped());
        total = listing.documents().size() + (long) skipped.size();
        totalBytes = listing.documents().stream().mapToLong(ImportSource::size).sum();
        done = skipped.size();
        makeFolders(listing.folders(), folder);
        try {
            int next = 0;
            while (next < listing.documents().size()) {
                next = batch(listing.documents(), next, folder);
            }
            awaitFinished();
        } finally {
            finisher.shutdown();
        }
        return new ImportResult(added, foldersMade, skipped);
    }

    /// Makes the folders of all sources; one that is there already is used.
    private void makeFolders(List<ImportSource> sources, Id target) throws StoreException {
        for (int from = 0; from < sources.size(); from += BATCH_DOCUMENTS) {
            List<ImportSource> part = sources.subList(from, Math.min(from + BATCH_DOCUMENTS, sources.size()));
            vault.change(tree -> {
                List<Operation> operations = new ArrayList<>();
                Taken taken = new Taken(tree);
                for (ImportSource source : part) {
                    makeFolder(source, target, taken, operations);
                }
                return operations;
            });
        }
    }

    private void makeFolder(ImportSource source, Id target, Taken taken, List<Operation> operations) {
        Id parent = source.parent() == null ? target : folders.getOrDefault(source.parent(), target);
        Id there = taken.folder(parent, source.name());
        if (there != null) {
            folders.put(source, there);
            return;
        }
        Id id = vault.newId();
        String name = taken.take(parent, source.name());
        operations.add(new Operation.PutFolder(id, parent, name, now()));
        folders.put(source, id);
        foldersMade++;
    }

    /// Takes the next documents. @return where the batch after it begins
    private int batch(List<ImportSource> sources, int from, Id target) throws StoreException {
        int next = from;
        StoreException end = null;
        List<Read> batch = new ArrayList<>();
        ContentWriter writer = vault.writer();
        boolean handedOver = false;
        try {
            long bytes = 0;
            while (next < sources.size() && batch.size() < BATCH_DOCUMENTS && bytes < BATCH_BYTES && end == null) {
                ImportSource source = sources.get(next);
                try {
                    batch.add(read(source, writer, done + waiting + batch.size()));
                    bytes += source.size();
                    watch.at(done + waiting + batch.size(), total, readBytes, totalBytes);
                } catch (StoreException e) {
                    if (e.why() == StoreException.Why.SOURCE_UNREADABLE) {
                        skipped.add(new ImportResult.Skipped(source.shown(), e.why(), e.sentence()));
                        done++;
                    } else {
                        // What was finished before stays, also when the user ends it or the disk is full.
                        end = e;
                    }
                }
                next++;
            }
            awaitFinished();
            finishing = finisher.submit(() -> finish(writer, batch, target));
            waiting = batch.size();
            handedOver = true;
        } finally {
            if (!handedOver) {
                writer.close();
            }
        }
        if (end != null) {
            awaitFinished();
            throw end;
        }
        return next;
    }

    /// Waits until the batch before is durable, and reports it.
    private void awaitFinished() throws StoreException {
        Future<List<Item>> pending = finishing;
        if (pending == null) {
            return;
        }
        finishing = null;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    List<Item> items = pending.get();
                    done += waiting;
                    waiting = 0;
                    added.addAll(items);
                    watch.added(items);
                    break;
                } catch (InterruptedException e) {
                    // It has been read: it is finished.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException broken) {
                throw broken;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        watch.at(done, total, readBytes, totalBytes);
    }

    private Read read(ImportSource source, ContentWriter writer, long before) throws StoreException {
        try (InputStream in = Files.newInputStream(source.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ContentWriter.Written written = writer.write(in, source.size(), count -> {
                readBytes += count;
                watch.at(before, total, readBytes, totalBytes);
            });
            return new Read(source, source.modified(), written);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw Failure.cancelled();
            }
            throw new StoreException(StoreException.Why.SOURCE_UNREADABLE, "The file is gone or cannot be read.", e);
        }
    }

    private List<Item> finish(ContentWriter writer, List<Read> batch, Id target) throws StoreException {
        try (writer) {
            if (batch.isEmpty()) {
                return List.of();
            }
            List<Id> ids = new ArrayList<>();
            writer.publish(batch.stream().map(Read::written).toList());
            vault.change(tree -> operations(tree, batch, target, ids), writer);
            List<Item> items = new ArrayList<>();
            for (Id id : ids) {
                items.add(documents.entry(id));
            }
            return items;
        }
    }

    private List<Operation> operations(Tree tree, List<Read> batch, Id target, List<Id> ids) throws StoreException {
        List<Operation> operations = new ArrayList<>();
        Taken taken = new Taken(tree);
        int epoch = vault.keys().current();
        for (Read read : batch) {
            ImportSource from = read.source.parent();
            Id parent = from == null ? target : folders.getOrDefault(from, target);
            Id id = vault.newId();
            String name = taken.take(parent, read.source.name());
            Content content = read.written.content(vault.newId(), 1, read.modified, epoch);
            operations.add(new Operation.PutDocument(id, parent, name, now(), null, content));
            ids.add(id);
        }
        return operations;
    }

    private Instant now() {
        return Instant.ofEpochMilli(vault.clock().millis());
    }

    /// Names in the tree, and those that operations before this one in the same change will take.
    private static final class Taken {
        private final Tree tree;
        private final Set<String> names = new HashSet<>();

        Taken(Tree tree) {
            this.tree = tree;
        }

        @Nullable
        Id folder(Id parent, String name) {
            @Nullable Node node = tree.child(parent, name);
            return node != null && node.isFolder() ? node.id() : null;
        }

        String take(Id parent, String wanted) {
            String name = Names.free(
                    wanted,
                    candidate ->
                            tree.child(parent, candidate) != null || names.contains(parent + Names.key(candidate)));
            names.add(parent + Names.key(name));
            return name;
        }
    }
}
