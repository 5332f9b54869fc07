package strongroom.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// One entry of a vault's log: a signed {@link CommitHeader} and the encrypted body it names. The array belongs to
/// the record.
///
/// @param header signed by the author's key
/// @param body ciphertext under the vault key
public record Commit(Signed header, byte[] body) {
    /// Longest body, in bytes.
    public static final int BODY_LIMIT = 8 << 20;

    private static final int LIST_LIMIT = 1000;

    /// Signs a header for `body`.
    public static Commit of(CommitHeader header, byte[] body, Signer author) throws Signer.SigningException {
        if (!header.body().equals(Digest.sha256(body))) {
            throw new IllegalArgumentException("the header names another body");
        }
        return new Commit(Signed.by(author, Signed.Purpose.COMMIT, header.toByteArray()), body);
    }

    /// The header, if `author` signed it and it names this body.
    public CommitHeader open(VerifyingKey author) throws MalformedException {
        CommitHeader opened = CommitHeader.parse(header.open(author, Signed.Purpose.COMMIT));
        if (!opened.body().equals(Digest.sha256(body))) {
            throw new MalformedException("the commit has another body than its header says");
        }
        return opened;
    }

    /// The header as it came, **not verified**: only to find the author's key or the place in the log.
    public CommitHeader unverifiedHeader() throws MalformedException {
        return CommitHeader.parse(header.unverifiedPayload());
    }

    /// The name of this commit, the next one's parent: SHA-256 of the signed header, which names the body.
    public Digest hash() {
        return header.digest();
    }

    private static Commit read(CanonicalReader in) throws MalformedException {
        return new Commit(Signed.read(in), in.bytes(BODY_LIMIT));
    }

    /// Reads from bytes that hold nothing else; verifies nothing.
    public static Commit of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        Commit commit = read(in);
        in.end();
        return commit;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        header.write(out);
        return out.bytes(body).toByteArray();
    }

    /// Reads a list of commits; verifies nothing.
    public static List<Commit> listOf(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        List<Commit> commits = in.list(LIST_LIMIT, Commit::read);
        in.end();
        return new ArrayList<>(commits);
    }

    /// A list of commits in canonical bytes.
    public static byte[] toByteArray(List<Commit> commits) {
        CanonicalWriter out = new CanonicalWriter();
        out.list(commits, (to, commit) -> to.fixed(commit.toByteArray()));
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Commit that && header.equals(that.header) && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return header.hashCode();
    }

    @Override
    public String toString() {
        return "Commit[" + hash() + "]";
    }
}
