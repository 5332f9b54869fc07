package strongroom.vault.sync;

import strongroom.protocol.Refusal;

/// What a line or a server may end with, for who plays one.
public final class LineFailures {
    private LineFailures() {}

    /// The line is gone.
    public static SyncException broken() {
        return new SyncException(SyncException.Why.OFFLINE, "The line broke.");
    }

    /// The server said no.
    public static SyncException refused(Refusal refusal) {
        return SyncException.ofRefusal(refusal);
    }
}
