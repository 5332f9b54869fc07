package strongroom.protocol;

import java.time.Instant;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What an administrator orders one device to do.
///
/// @param id names the order
/// @param number counts up per device; a device never obeys a number it has seen
/// @param device the one device it is for
/// @param action what to do
/// @param reason in the administrator's words; shown on the device
/// @param issued when it was signed
/// @param expires when it stops being good
public record Order(Id id, long number, Id device, Action action, String reason, Instant issued, Instant expires) {
    private static final int REASON_LIMIT = 2000;

    /// What can be ordered.
    public enum Action {
        /// Destroy everything of the vault on the device.
        WIPE(1),
        /// Lock and stay locked.
        FREEZE(2),
        /// End a freeze.
        THAW(3),
        /// Report what a wipe would destroy; touch nothing.
        DRILL(4);

        private final int code;

        Action(int code) {
            this.code = code;
        }

        private static Action of(int code) throws MalformedException {
            for (Action action : values()) {
                if (action.code == code) {
                    return action;
                }
            }
            throw new MalformedException("unknown action of an order");
        }
    }

    static Order parse(byte[] payload) throws MalformedException {
        CanonicalReader in = new CanonicalReader(payload);
        Order order = new Order(
                Id.read(in),
                in.int64(),
                Id.read(in),
                Action.of(in.uint8()),
                in.text(REASON_LIMIT),
                in.instant(),
                in.instant());
        in.end();
        return order;
    }

    byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        id.write(out);
        out.int64(number);
        device.write(out);
        return out.uint8(action.code)
                .text(reason)
                .instant(issued)
                .instant(expires)
                .toByteArray();
    }
}
