package strongroom.vault.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a store keeps of the counter in the machine: with it an older copy of the store is told from the store.
///
/// @param counter which one, for the machine; opaque bytes, not copied
/// @param value where it stands, or where it is going to stand in a moment: this is written first
/// @param content of the store when this was written; see {@link CounterRow#content}
/// @param at when this was written, by the clock of the device
/// @param finding what was found last; null if nothing ever was
public record KeptCounter(
        byte[] counter,
        long value,
        Digest content,
        Instant at,
        @Nullable Finding finding) {
    private static final int FORMAT = 1;
    private static final int LIMIT = 1024;

    /// Something that was found, and is told until somebody has taken note of it.
    ///
    /// @param kind what @param from of when the store was that was found @param at when it was found
    /// @param noted whether somebody has taken note
    public record Finding(Kind kind, Instant from, Instant at, boolean noted) {
        /// What can be found. The number stands in the row.
        public enum Kind {
            /// The store is an older copy.
            SET_BACK(1),
            /// The counter is gone, or it is another one: whether the store is an older copy cannot be told.
            COUNTER_LOST(2);

            private final int code;

            Kind(int code) {
                this.code = code;
            }

            /// Writes the number.
            public void write(CanonicalWriter out) {
                out.uint8(code);
            }

            /// Reads the number. @throws MalformedException if it stands for nothing
            public static Kind read(CanonicalReader in) throws MalformedException {
                int code = in.uint8();
                for (Kind kind : values()) {
                    if (kind.code == code) {
                        return kind;
                    }
                }
                throw new MalformedException("unknown finding");
            }
        }

        /// The same, and somebody has taken note.
        public Finding taken() {
            return new Finding(kind, from, at, true);
        }

        private void write(CanonicalWriter out) {
            kind.write(out);
            out.instant(from).instant(at).bool(noted);
        }

        private static Finding read(CanonicalReader in) throws MalformedException {
            return new Finding(Kind.read(in), in.instant(), in.instant(), in.bool());
        }
    }

    /// The same with another finding.
    public KeptCounter with(@Nullable Finding found) {
        return new KeptCounter(counter, value, content, at, found);
    }

    static KeptCounter of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        if (in.uint8() != FORMAT) {
            throw new MalformedException("of an unknown format");
        }
        KeptCounter kept = new KeptCounter(
                in.bytes(LIMIT), in.int64(), Digest.read(in), in.instant(), in.bool() ? Finding.read(in) : null);
        in.end();
        return kept;
    }

    byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().uint8(FORMAT).bytes(counter).int64(value);
        content.write(out);
        out.instant(at).bool(finding != null);
        if (finding != null) {
            finding.write(out);
        }
        return out.toByteArray();
    }
}
