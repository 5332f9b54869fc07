package strongroom.protocol;

import java.time.Instant;
import java.util.List;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// An order with the signature of an administrator and the certificate that makes them one. The server carries it
/// and cannot make one.
///
/// @param administrator the certificate, signed by the root
/// @param order the order, signed by the administrator
public record SignedOrder(Signed administrator, Signed order) {
    private static final int LIST_LIMIT = 1000;

    /// What a valid order says and who gave it.
    ///
    /// @param order the order
    /// @param orderedBy the administrator's name
    public record Verified(Order order, String orderedBy) {}

    /// Signs an order.
    public static SignedOrder of(Order order, Signed administrator, Signer key) throws Signer.SigningException {
        return new SignedOrder(administrator, Signed.by(key, Signed.Purpose.ORDER, order.toByteArray()));
    }

    /// Checks everything that can be checked without knowing the device: the root certified the administrator, who
    /// was one when the order was signed, and signed it. Device, number and expiry are the device's to check.
    ///
    /// @throws MalformedException if a link does not hold: the order is nobody's
    public Verified verify(Organisation organisation) throws MalformedException {
        Order claimed = Order.parse(order.unverifiedPayload());
        KeyCertificate admin = organisation.administrator(administrator, claimed.issued());
        return new Verified(Order.parse(order.open(admin.key(), Signed.Purpose.ORDER)), admin.name());
    }

    /// Whether an order that was issued then is still good at `now`.
    public static boolean isGood(Order order, Instant now) {
        return !now.isAfter(order.expires());
    }

    private static SignedOrder read(CanonicalReader in) throws MalformedException {
        return new SignedOrder(Signed.read(in), Signed.read(in));
    }

    /// Reads from bytes that hold nothing else; verifies nothing.
    public static SignedOrder of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        SignedOrder order = read(in);
        in.end();
        return order;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        administrator.write(out);
        order.write(out);
        return out.toByteArray();
    }

    /// Reads a list of orders; verifies nothing.
    public static List<SignedOrder> listOf(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        List<SignedOrder> orders = in.list(LIST_LIMIT, SignedOrder::read);
        in.end();
        return orders;
    }

    /// A list of orders in canonical bytes.
    public static byte[] toByteArray(List<SignedOrder> orders) {
        return new CanonicalWriter()
                .list(orders, (out, order) -> out.fixed(order.toByteArray()))
                .toByteArray();
    }
}
