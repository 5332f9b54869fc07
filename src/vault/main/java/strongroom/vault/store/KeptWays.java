package strongroom.vault.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.posture.SecondWay;

/// What a store keeps of the ways into it that were shown to open.
///
/// @param byPin whether a PIN opened the store since the device enrolled
/// @param second the other way that was shown last; null if none was
/// @param seen the latest time that was seen since then, in whole milliseconds: a clock that is set back makes no proof
///     younger
public record KeptWays(boolean byPin, @Nullable Second second, Instant seen) {
    /// Of a store that says nothing: nothing was shown.
    public static final KeptWays NONE = new KeptWays(false, null, Instant.EPOCH);

    private static final int FORMAT = 1;

    /// A second way, as it was when it was shown.
    ///
    /// @param way which one
    /// @param what SHA-256 of the recovery slot that a code opened, or the fingerprint of the recovery key that the
    ///     person's keys were left sealed to: what lies there otherwise was not shown
    /// @param at when it was shown last, by the device's clock, in whole milliseconds
    public record Second(SecondWay way, Digest what, Instant at) {}

    /// The same, and a PIN has opened.
    public KeptWays openedByPin() {
        return new KeptWays(true, second, seen);
    }

    /// The same with another second way.
    public KeptWays with(@Nullable Second shown) {
        return new KeptWays(byPin, shown, seen);
    }

    /// The same at another time.
    public KeptWays seenAt(Instant now) {
        return new KeptWays(byPin, second, now);
    }

    /// Reads it. @throws MalformedException also if it is of a later format
    public static KeptWays of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        if (in.uint8() != FORMAT) {
            throw new MalformedException("of an unknown format");
        }
        boolean byPin = in.bool();
        Instant seen = in.instant();
        Second second = in.bool() ? new Second(SecondWay.read(in), Digest.read(in), in.instant()) : null;
        in.end();
        return new KeptWays(byPin, second, seen);
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out =
                new CanonicalWriter().uint8(FORMAT).bool(byPin).instant(seen).bool(second != null);
        if (second != null) {
            second.way.write(out);
            second.what.write(out);
            out.instant(second.at);
        }
        return out.toByteArray();
    }
}
