package strongroom.server.events;

/// One open connection that carries events to a device. Calls never block; they may come from any thread.
public interface EventStream {
    /// Sends an event behind those sent before.
    void send(String name, String data);

    /// Sends a comment, so that both sides and everything between them see that the connection lives.
    void heartbeat();

    /// Ends the stream when what was sent before is out.
    void end();
}
