package strongroom.vault.store;

import strongroom.protocol.Digest;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// How far the catalogue of a vault is; kept in a sealed row and renewed in every transaction.
///
/// @param applied the last commit of the server's log that the rows hold
/// @param tip the last commit made here, or the same as `applied`
/// @param entries marks of the rows of kind `ENTRY` @param drafts marks of the rows of kind `DRAFT`
record LogState(Exchange.Head applied, Exchange.Head tip, Digest entries, Digest drafts) {
    private static final int FORMAT = 1;
    private static final Exchange.Head START = new Exchange.Head(0, Digest.ZERO);
    static final LogState NEW = new LogState(START, START, Digest.ZERO, Digest.ZERO);

    static LogState of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        if (in.uint8() != FORMAT) {
            throw new MalformedException("state of an unknown format");
        }
        LogState state = new LogState(head(in), head(in), Digest.read(in), Digest.read(in));
        in.end();
        return state;
    }

    private static Exchange.Head head(CanonicalReader in) throws MalformedException {
        return new Exchange.Head(in.int64(), Digest.read(in));
    }

    byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().uint8(FORMAT);
        applied.hash().write(out.int64(applied.sequence()));
        tip.hash().write(out.int64(tip.sequence()));
        entries.write(out);
        drafts.write(out);
        return out.toByteArray();
    }
}
