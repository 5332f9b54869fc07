package strongroom.desktop.fake;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import strongroom.protocol.Id;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.EarlierVersion;
import strongroom.vault.client.Entry;
import strongroom.vault.client.History;
import strongroom.vault.client.Problem;
import strongroom.vault.client.TrashedEntry;

/// Earlier versions and a trash in memory.
final class FakeHistory implements History {
    /// One thing in the trash: the entry itself first, then what was in it.
    private record Trashed(TrashedEntry shown, List<Entry> entries) {}

    private record Before(EarlierVersion shown, byte[] content) {}

    private final FakeLibrary library;
    private final Clock clock;
    private final Random random = new Random(11);
    private final Map<Id, List<Before>> versions = new ConcurrentHashMap<>();
    private final List<Trashed> trash = new CopyOnWriteArrayList<>();

    FakeHistory(FakeLibrary library, Clock clock) {
        this.library = library;
        this.clock = clock;
    }

    /// Something was replaced. @param old as it was
    void replaced(Entry old, byte[] content) {
        var version = new EarlierVersion(
                Id.random(random), old.version(), old.size(), old.modified(), clock.instant(), old.local());
        versions.computeIfAbsent(old.id(), key -> new CopyOnWriteArrayList<>()).addFirst(new Before(version, content));
    }

    /// Something was removed. @param entries it and everything in it
    void removed(String from, List<Entry> entries) {
        Entry top = entries.getFirst();
        List<Entry> documents =
                entries.stream().filter(entry -> !entry.isFolder()).toList();
        var shown = new TrashedEntry(
                top.id(),
                top.isFolder(),
                top.name(),
                from,
                clock.instant(),
                documents.size(),
                documents.stream().mapToLong(Entry::size).sum());
        trash.addFirst(new Trashed(shown, List.copyOf(entries)));
    }

    @Override
    public List<EarlierVersion> versions(Id document) throws ClientException {
        library.entry(document);
        return before(document).stream().map(Before::shown).toList();
    }

    private List<Before> before(Id document) {
        return versions.getOrDefault(document, List.of());
    }

    private Before find(Id document, Id revision) throws ClientException {
        return before(document).stream()
                .filter(version -> version.shown.revision().equals(revision))
                .findFirst()
                .orElseThrow(() -> new ClientException(Problem.NOT_FOUND, "There is no such version any more."));
    }

    @Override
    public InputStream open(Id document, Id revision) throws ClientException {
        return new ByteArrayInputStream(content(document, revision));
    }

    @Override
    public SeekableByteChannel channel(Id document, Id revision) throws ClientException {
        return new BytesChannel(content(document, revision));
    }

    private byte[] content(Id document, Id revision) throws ClientException {
        Before before = find(document, revision);
        if (!before.shown.local()) {
            library.fetch();
        }
        return before.content;
    }

    @Override
    public void restoreVersion(Id document, Id revision) throws ClientException {
        library.replace(library.entry(document), find(document, revision).content);
    }

    @Override
    public void purgeVersion(Id document, Id revision) throws ClientException {
        library.requirePin();
        before(document).remove(find(document, revision));
        library.changed();
    }

    @Override
    public List<TrashedEntry> trash() throws ClientException {
        library.root();
        return trash.stream()
                .map(Trashed::shown)
                .sorted(Comparator.comparing(TrashedEntry::when).reversed())
                .toList();
    }

    private Trashed take(Id entry) throws ClientException {
        library.root();
        for (Trashed one : trash) {
            if (one.shown.id().equals(entry)) {
                trash.remove(one);
                return one;
            }
        }
        throw new ClientException(Problem.NOT_FOUND, "It is not in the trash any more.");
    }

    @Override
    public void restore(Id entry) throws ClientException {
        library.bringBack(take(entry).entries);
    }

    @Override
    public void purge(Id entry) throws ClientException {
        library.requirePin();
        library.forget(take(entry).entries);
    }

    @Override
    public void emptyTrash() throws ClientException {
        library.requirePin();
        List<Entry> all = new ArrayList<>();
        trash.forEach(one -> all.addAll(one.entries));
        trash.clear();
        library.forget(all);
    }
}
