package strongroom.protocol;

import java.util.List;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What the server may see of a commit, signed by its author: where it stands in the vault's log and which chunks
/// it needs. The server appends it only if `sequence` and `parent` fit the head it has, and only if it has every
/// chunk named (data before commit).
///
/// @param vault whose log
/// @param sequence 1 for the first commit
/// @param parent hash of the commit before, {@link Digest#ZERO} for the first
/// @param epoch which vault key the body is encrypted with
/// @param person who wrote it
/// @param device on which device
/// @param body SHA-256 of the encrypted body
/// @param chunks the chunks that this commit is the first to name
public record CommitHeader(
        Id vault, long sequence, Digest parent, int epoch, Id person, Id device, Digest body, List<Digest> chunks) {
    /// Most chunks in one commit, so that a header stays under a mebibyte; more need several commits.
    public static final int CHUNK_LIMIT = 16_384;

    /// Copies the list.
    public CommitHeader {
        chunks = List.copyOf(chunks);
        if (chunks.size() > CHUNK_LIMIT) {
            throw new IllegalArgumentException("too many chunks for one commit");
        }
    }

    static CommitHeader parse(byte[] payload) throws MalformedException {
        CanonicalReader in = new CanonicalReader(payload);
        CommitHeader header = new CommitHeader(
                Id.read(in),
                in.int64(),
                Digest.read(in),
                in.uint32(Integer.MAX_VALUE),
                Id.read(in),
                Id.read(in),
                Digest.read(in),
                in.list(CHUNK_LIMIT, Digest::read));
        in.end();
        return header;
    }

    byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        vault.write(out);
        out.int64(sequence);
        parent.write(out);
        out.uint32(epoch);
        person.write(out);
        device.write(out);
        body.write(out);
        return out.list(chunks, (to, chunk) -> chunk.write(to)).toByteArray();
    }
}
