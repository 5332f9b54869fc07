package strongroom.protocol.posture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Which ways into a device's store were shown to open. Enrolment is finished when there are two.
///
/// @param byPin whether a PIN opened the store since the device enrolled
/// @param second the other way; null if none was shown to open as it is now
public record WaysIn(boolean byPin, @Nullable Second second) {
    /// @param way which one @param at when it was shown last, by the device's clock
    public record Second(SecondWay way, Instant at) {}

    /// Whether two ways in were shown to open.
    public boolean areTwo() {
        return byPin && second != null;
    }

    static WaysIn read(CanonicalReader in) throws MalformedException {
        return new WaysIn(in.bool(), in.bool() ? new Second(SecondWay.read(in), in.instant()) : null);
    }

    void write(CanonicalWriter out) {
        out.bool(byPin).bool(second != null);
        if (second != null) {
            second.way.write(out);
            out.instant(second.at);
        }
    }
}
