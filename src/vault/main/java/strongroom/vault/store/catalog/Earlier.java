package strongroom.vault.store.catalog;

import java.time.Instant;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A content that a document had before.
///
/// @param content as it was
/// @param replaced when the next one took its place, by the clock of the device that saved it: for people and for how
///     long it is kept
public record Earlier(Content content, Instant replaced) {
    static Earlier read(CanonicalReader in) throws MalformedException {
        return new Earlier(Content.read(in), in.instant());
    }

    void write(CanonicalWriter out) {
        content.write(out);
        out.instant(replaced);
    }
}
