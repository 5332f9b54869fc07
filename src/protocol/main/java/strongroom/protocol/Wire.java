package strongroom.protocol;

/// Names that stand in HTTP messages. `docs/wire-protocol.md` has the whole protocol.
public final class Wire {
    /// Content type of all canonical bodies.
    public static final String MEDIA_TYPE = "application/vnd.strongroom.v1";
    /// Response header with the name of a {@link Refusal}.
    public static final String REFUSAL = "Strongroom-Refusal";
    /// Request header of the administrators' port: base64 of the administrator's signed certificate, a dot, base64
    /// of the signed {@link AdminRequest}.
    public static final String ADMINISTRATOR = "Strongroom-Administrator";
    /// Response header with the server's time in milliseconds since 1970.
    public static final String SERVER_TIME = "Strongroom-Time";
    /// Event: a vault's log has a new head; data is the vault's id.
    public static final String EVENT_HEAD = "head";
    /// Event: there is an order for this device.
    public static final String EVENT_ORDER = "order";
    /// Event: the list of the person's devices, or a grant for this device, changed.
    public static final String EVENT_DEVICES = "devices";
    /// Event: there is a new {@link strongroom.protocol.policy.Policy}; data is its number.
    public static final String EVENT_POLICY = "policy";
    /// Longest chunk that a server takes, in bytes of ciphertext.
    public static final int CHUNK_LIMIT = 4 << 20;
    /// Most commits in one answer.
    public static final int COMMIT_PAGE = 500;
    /// Most chunk ids in one question.
    public static final int CHUNK_PAGE = 4096;

    private Wire() {}
}
