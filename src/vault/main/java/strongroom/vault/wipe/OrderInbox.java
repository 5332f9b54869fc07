package strongroom.vault.wipe;

import java.time.Instant;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Organisation;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.codec.MalformedException;

/// Tells an order that must be obeyed from everything else that a server may hand out: bytes that are no order,
/// orders nobody signed, of an administrator whom the root did not certify, for another device, seen before, or
/// expired. Immutable.
///
/// @param organisation whom this device obeys @param device this device
public record OrderInbox(Organisation organisation, Id device) {
    /// What an order is worth. A switch over it has no default.
    public sealed interface Verdict {
        /// To be obeyed now.
        record Obey(SignedOrder signed, Order order, String orderedBy) implements Verdict {}

        /// Genuine, for this device, and too old: it is answered and not obeyed.
        record Expired(Order order) implements Verdict {}

        /// Nobody's order, or not this device's, or seen before: nothing follows from it.
        record Ignored(String why) implements Verdict {}
    }

    /// Judges an order. It counts as expired only if *both* clocks are past its end: whoever sets this machine's
    /// clock forward does not escape, and the server, which could lie about the time, has no use of it, because the
    /// number lets every order work once only.
    ///
    /// @param last number of the last order dealt with
    /// @param here time by this machine's clock @param there time by the server's
    public Verdict judge(SignedOrder signed, long last, Instant here, Instant there) {
        SignedOrder.Verified verified;
        try {
            verified = signed.verify(organisation);
        } catch (MalformedException e) {
            return new Verdict.Ignored("not signed by an administrator of this organisation");
        }
        Order order = verified.order();
        if (!order.device().equals(device)) {
            return new Verdict.Ignored("for another device");
        }
        if (order.number() <= last) {
            return new Verdict.Ignored("dealt with before");
        }
        if (!SignedOrder.isGood(order, here) && !SignedOrder.isGood(order, there)) {
            return new Verdict.Expired(order);
        }
        return new Verdict.Obey(signed, order, verified.orderedBy());
    }
}
