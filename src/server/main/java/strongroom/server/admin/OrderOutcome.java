package strongroom.server.admin;

import java.util.ArrayList;
import java.util.List;
import strongroom.protocol.Organisation;
import strongroom.protocol.Receipt;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.orders.OrderReport;

/// An order and what came of it, with all signatures checked.
///
/// @param order what was ordered and by whom
/// @param state how far it is, as the server says
/// @param receipts what the device said, oldest first
public record OrderOutcome(SignedOrder.Verified order, OrderReport.State state, List<Receipt> receipts) {
    /// Copies the list.
    public OrderOutcome {
        receipts = List.copyOf(receipts);
    }

    static OrderOutcome verified(OrderReport report, Organisation organisation, List<KnownDevice> devices)
            throws MalformedException {
        SignedOrder.Verified order = report.order().verify(organisation);
        VerifyingKey key = devices.stream()
                .filter(device -> device.record().device().equals(order.order().device()))
                .findFirst()
                .orElseThrow(() -> new MalformedException("an order for an unknown device"))
                .proof()
                .request()
                .statementKey();
        List<Receipt> receipts = new ArrayList<>();
        for (Signed signed : report.receipts()) {
            receipts.add(Receipt.open(signed, key));
        }
        return new OrderOutcome(order, report.state(), receipts);
    }
}
