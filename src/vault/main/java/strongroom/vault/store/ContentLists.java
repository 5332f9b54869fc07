package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.catalog.Content;

/// Finds out of which chunks a content is made, also where the catalogue names only the chunks of their list. Keeps the
/// lists that were asked for last. Safe for several threads.
final class ContentLists {
    private static final int KEPT = 64;

    private final Chunks chunks;
    private final VaultKeys keys;
    private final Map<Id, List<ChunkRef>> kept = new LinkedHashMap<>(16, 0.75f, true);

    ContentLists(Chunks chunks, VaultKeys keys) {
        this.chunks = chunks;
        this.keys = keys;
    }

    /// The chunks that hold the content itself, in order.
    ///
    /// @throws StoreException `NOT_LOCAL` if their list is not here, `DAMAGED` if it cannot be what it was
    List<ChunkRef> data(Content content) throws StoreException {
        if (!content.listed()) {
            return content.chunks();
        }
        synchronized (this) {
            List<ChunkRef> known = kept.get(content.revision());
            if (known != null) {
                return known;
            }
        }
        List<ChunkRef> list = read(content);
        synchronized (this) {
            kept.put(content.revision(), list);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return list;
    }

    private List<ChunkRef> read(Content content) throws StoreException {
        try (InputStream in =
                new ContentStream(new LocatedChunks(content.chunks(), chunks), chunks, keys.chunks(content.epoch()))) {
            List<ChunkRef> list = ChunkRef.listOf(in.readAllBytes());
            if (list.stream().mapToLong(ChunkRef::length).sum() != content.size()) {
                throw new MalformedException("a list that does not make up the content");
            }
            return list;
        } catch (MalformedException e) {
            throw Failure.damaged("The list of a document's parts is damaged.", e);
        } catch (IOException e) {
            throw e.getCause() instanceof StoreException known ? known : Failure.of(e);
        }
    }

    /// Every chunk that the content needs, those of its list included; only those if the list cannot be read here.
    Set<Digest> all(Content content) {
        Set<Digest> all = new HashSet<>();
        content.chunks().forEach(chunk -> all.add(chunk.id()));
        if (content.listed()) {
            try {
                data(content).forEach(chunk -> all.add(chunk.id()));
            } catch (StoreException e) {
                // Whoever opens the document is told.
                return all;
            }
        }
        return all;
    }
}
