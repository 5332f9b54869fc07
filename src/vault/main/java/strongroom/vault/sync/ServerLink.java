package strongroom.vault.sync;

import strongroom.vault.sync.tls.PinnedTls;

/// Reaches the server over one pinned channel.
///
/// @param tls to the port for devices
public record ServerLink(PinnedTls tls) implements SyncEngine.Link {
    @Override
    public SyncServer connect() {
        return new ServerConnection(tls);
    }

    @Override
    public void listen(EventStream.Listener listener) throws SyncException, InterruptedException {
        new EventStream(tls).run(listener);
    }
}
