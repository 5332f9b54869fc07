package strongroom.vault.store.catalog;

import java.time.Instant;
import java.util.List;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// One version of a document's content.
///
/// @param revision random name of this very version; an edit says which one it began from
/// @param version 1 for the first content, then one more with each edit
/// @param modified when it last changed, as its source said
/// @param epoch which key of the vault its chunks are under
/// @param chunks the content, in order; none for an empty document
public record Content(Id revision, int version, Instant modified, int epoch, List<ChunkRef> chunks) {
    /// Most chunks of one document; with its names it stays under the limit of a commit's body.
    public static final int CHUNK_LIMIT = 200_000;

    /// Copies the list.
    public Content {
        chunks = List.copyOf(chunks);
    }

    /// Length of the content in bytes.
    public long size() {
        long size = 0;
        for (ChunkRef chunk : chunks) {
            size += chunk.length();
        }
        return size;
    }

    static Content read(CanonicalReader in) throws MalformedException {
        return new Content(
                Id.read(in),
                in.uint32(Integer.MAX_VALUE),
                in.instant(),
                in.uint32(Integer.MAX_VALUE),
                in.list(CHUNK_LIMIT, ChunkRef::read));
    }

    void write(CanonicalWriter out) {
        revision.write(out);
        out.uint32(version).instant(modified).uint32(epoch).list(chunks, (to, chunk) -> chunk.write(to));
    }
}
