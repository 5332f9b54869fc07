package strongroom.desktop.fake;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import strongroom.protocol.Id;
import strongroom.vault.client.Availability;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Progress;

/// What is where, in memory.
final class FakeAvailability implements Availability {
    private final FakeLibrary library;
    private final Set<Id> kept = ConcurrentHashMap.newKeySet();

    FakeAvailability(FakeLibrary library) {
        this.library = library;
    }

    @Override
    public void keep(Id entry, boolean stays) throws ClientException {
        library.entry(entry);
        if (stays) {
            kept.add(entry);
        } else {
            kept.remove(entry);
        }
    }

    @Override
    public boolean isKept(Id entry) throws ClientException {
        Entry at = library.entry(entry);
        while (!kept.contains(at.id()) && !at.id().equals(at.parent())) {
            at = library.entry(at.parent());
        }
        return kept.contains(at.id());
    }

    @Override
    public void fetch(Id entry, Progress progress) throws ClientException {
        library.fetch(library.entry(entry));
    }

    @Override
    public long evict(Id entry) throws ClientException {
        return library.evict(library.entry(entry));
    }

    @Override
    public long evictUnused(int days) {
        return 0;
    }
}
