package strongroom.vault.sync;

/// Asks for orders and obeys them. Called before anything else at each contact, and by several threads at once.
@FunctionalInterface
public interface OrderSink {
    /// Returns when every order that there was has been dealt with, or is in good hands.
    ///
    /// @param server to ask, and to leave receipts with
    void check(OrderServer server) throws SyncException, InterruptedException;
}
