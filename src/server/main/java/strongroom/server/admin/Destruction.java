package strongroom.server.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Receipt;
import strongroom.protocol.SelfDestruction;
import strongroom.protocol.Signed;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.orders.DestructionReport;

/// A device that destroyed its own keys by the rule for wrong PINs, with all signatures checked.
///
/// @param statement what it said before it began @param receipt what came of it; null until it has said so
public record Destruction(
        SelfDestruction statement, @Nullable Receipt receipt) {
    static Destruction verified(DestructionReport report, List<KnownDevice> devices) throws MalformedException {
        for (KnownDevice device : devices) {
            VerifyingKey key = device.proof().request().statementKey();
            SelfDestruction statement = openedBy(report.statement(), key);
            if (statement != null && statement.device().equals(device.record().device())) {
                return new Destruction(
                        statement, report.receipt() == null ? null : receiptOf(statement, report.receipt(), key));
            }
        }
        throw new MalformedException("a destruction that no device reported");
    }

    /// A server could show the device's receipt of something else, and have this one pass for done.
    private static Receipt receiptOf(SelfDestruction statement, Signed signed, VerifyingKey key)
            throws MalformedException {
        Receipt receipt = Receipt.open(signed, key);
        if (!receipt.order().equals(statement.id()) || !receipt.device().equals(statement.device())) {
            throw new MalformedException("a receipt of something else");
        }
        return receipt;
    }

    private static @Nullable SelfDestruction openedBy(Signed statement, VerifyingKey key) {
        try {
            return SelfDestruction.open(statement, key);
        } catch (MalformedException expected) {
            // Another device's.
            return null;
        }
    }
}
