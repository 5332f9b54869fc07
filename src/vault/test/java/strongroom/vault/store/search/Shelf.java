package strongroom.vault.store.search;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.vault.store.StoreException;

/// Documents in memory, and what a store keeps of the index.
final class Shelf implements Corpus, Anchor {
    private record Book(Entry entry, byte @Nullable [] content) {}

    private final Map<Id, Book> books = new ConcurrentHashMap<>();
    private final RandomGenerator random;
    final AtomicInteger opened = new AtomicInteger();
    volatile @Nullable Point point;
    volatile StoreException.@Nullable Why refuses;

    Shelf(RandomGenerator random) {
        this.random = random;
    }

    Id put(String name, String text) {
        return put(Id.random(random), name, text.getBytes(StandardCharsets.UTF_8));
    }

    Id put(Id id, String name, byte[] content) {
        books.put(id, new Book(new Entry(id, Id.random(random), name, true), content));
        return id;
    }

    Id folder(String name) {
        Id id = Id.random(random);
        books.put(id, new Book(new Entry(id, null, name, true), null));
        return id;
    }

    /// A document whose content is elsewhere.
    Id absent(String name) {
        Id id = Id.random(random);
        books.put(id, new Book(new Entry(id, Id.random(random), name, false), null));
        return id;
    }

    void arrives(Id id, String text) {
        books.computeIfPresent(id, (key, book) -> {
            Entry entry = book.entry;
            return new Book(new Entry(id, entry.revision(), entry.name(), true), text.getBytes(StandardCharsets.UTF_8));
        });
    }

    void rename(Id id, String name) {
        books.computeIfPresent(id, (key, book) -> {
            Entry entry = book.entry;
            return new Book(new Entry(id, entry.revision(), name, entry.local()), book.content);
        });
    }

    void remove(Id id) {
        books.remove(id);
    }

    @Override
    public List<Entry> entries() {
        return books.values().stream().map(Book::entry).toList();
    }

    @Override
    public InputStream open(Id document) throws StoreException {
        opened.incrementAndGet();
        StoreException.Why why = refuses;
        if (why != null) {
            throw new StoreException(why, "refused");
        }
        Book book = books.get(document);
        if (book == null || book.content == null) {
            throw new StoreException(StoreException.Why.NOT_FOUND, "gone");
        }
        return new ByteArrayInputStream(book.content);
    }

    @Override
    public Optional<Point> read() {
        return Optional.ofNullable(point);
    }

    @Override
    public void write(Point fresh) {
        point = fresh;
    }
}
