package strongroom.server.orders;

import java.util.List;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// An order, how far it is, and everything its device said about it.
///
/// @param order as it was signed
/// @param state how far it is, as the server says
/// @param receipts as the device signed them, oldest first
public record OrderReport(SignedOrder order, State state, List<Signed> receipts) {
    private static final int ORDER_LIMIT = 16_384;
    private static final int STATE_LIMIT = 32;
    private static final int LIST_LIMIT = 100_000;

    /// Copies the list.
    public OrderReport {
        receipts = List.copyOf(receipts);
    }

    /// How far an order is. An order comes signed, so it is issued when the server first hears of it.
    public enum State {
        /// The server has it.
        ISSUED,
        /// The device fetched it.
        DELIVERED,
        /// The device verified it and was about to carry it out.
        RECEIVED,
        /// The device refused it or could not carry out all of it; it may still report that it did.
        FAILED,
        /// The device carried it out.
        DONE
    }

    private static OrderReport read(CanonicalReader in) throws MalformedException {
        SignedOrder order = SignedOrder.of(in.bytes(ORDER_LIMIT));
        String state = in.text(STATE_LIMIT);
        try {
            return new OrderReport(order, State.valueOf(state), in.list(LIST_LIMIT, Signed::read));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("unknown state of an order", e);
        }
    }

    private void write(CanonicalWriter out) {
        out.bytes(order.toByteArray()).text(state.name()).list(receipts, (to, receipt) -> receipt.write(to));
    }

    /// Reads a list of reports; verifies nothing.
    public static List<OrderReport> listOf(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        List<OrderReport> reports = in.list(LIST_LIMIT, OrderReport::read);
        in.end();
        return reports;
    }

    /// A list of reports in canonical bytes.
    public static byte[] toByteArray(List<OrderReport> reports) {
        return new CanonicalWriter()
                .list(reports, (out, report) -> report.write(out))
                .toByteArray();
    }
}
