package strongroom.vault.client;

/// Ends a listener; may be called twice and from any thread.
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
