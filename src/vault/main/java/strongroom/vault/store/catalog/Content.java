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
/// @param size length of the content in bytes
/// @param listed whether `chunks` hold, put together, the list of the chunks that hold the content: so that a long
///     document takes little room in a commit and in memory, and an edit of it sends little of its list
/// @param chunks in order; none for an empty document
public record Content(
        Id revision, int version, Instant modified, int epoch, long size, boolean listed, List<ChunkRef> chunks) {
    /// Most chunks of one document.
    public static final int CHUNK_LIMIT = 200_000;
    /// A content of more chunks than this is listed.
    public static final int LISTED_ABOVE = 64;

    /// Copies the list.
    public Content {
        chunks = List.copyOf(chunks);
    }

    /// The same bytes once more, as a later version.
    public Content again(Id newRevision, int newVersion) {
        return new Content(newRevision, newVersion, modified, epoch, size, listed, chunks);
    }

    static Content read(CanonicalReader in) throws MalformedException {
        Content content = new Content(
                Id.read(in),
                in.uint32(Integer.MAX_VALUE),
                in.instant(),
                in.uint32(Integer.MAX_VALUE),
                in.int64(),
                in.bool(),
                in.list(CHUNK_LIMIT, ChunkRef::read));
        long length = content.chunks.stream().mapToLong(ChunkRef::length).sum();
        if (content.size < 0 || (content.listed ? length % ChunkRef.SIZE != 0 : length != content.size)) {
            throw new MalformedException("a content whose chunks do not make it up");
        }
        return content;
    }

    void write(CanonicalWriter out) {
        revision.write(out);
        out.uint32(version).instant(modified).uint32(epoch).int64(size).bool(listed);
        out.list(chunks, (to, chunk) -> chunk.write(to));
    }
}
