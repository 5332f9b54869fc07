package strongroom.server.http;

/// Who may use a route. The port follows from it, so a route cannot stand on the wrong one.
public enum Access {
    /// Anybody who reaches the administrators' and enrolment port.
    ANYBODY(Port.ADMINISTRATORS),
    /// Who signs each request with an administrator's key.
    ADMINISTRATOR(Port.ADMINISTRATORS),
    /// Every device with a certificate of ours, whatever its status: orders must reach it.
    ANY_DEVICE(Port.DEVICES),
    /// Active devices.
    ACTIVE_DEVICE(Port.DEVICES);

    /// The two ports.
    public enum Port {
        /// TLS with a client certificate.
        DEVICES,
        /// TLS without.
        ADMINISTRATORS
    }

    private final Port port;

    Access(Port port) {
        this.port = port;
    }

    /// Where such routes are.
    public Port port() {
        return port;
    }
}
