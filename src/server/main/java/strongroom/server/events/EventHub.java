package strongroom.server.events;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import strongroom.protocol.Id;

/// The open event streams of all devices. Events are hints, the pull is the truth: nothing depends on one arriving,
/// so nothing is kept for a device that is not listening. Safe for all threads, never blocks.
public final class EventHub {
    private final Map<Id, Set<EventStream>> streams = new ConcurrentHashMap<>();

    /// Adds a stream and shows at once that it lives.
    public void open(Id device, EventStream stream) {
        streams.compute(device, (_, open) -> {
            Set<EventStream> with = open == null ? ConcurrentHashMap.newKeySet() : open;
            with.add(stream);
            return with;
        });
        stream.heartbeat();
    }

    /// Forgets a stream that is gone.
    public void forget(Id device, EventStream stream) {
        streams.computeIfPresent(device, (_, open) -> {
            open.remove(stream);
            return open.isEmpty() ? null : open;
        });
    }

    /// Sends an event to every stream of these devices.
    public void publish(Collection<Id> devices, String name, String data) {
        for (Id device : devices) {
            of(device).forEach(stream -> stream.send(name, data));
        }
    }

    /// Ends every stream of a device, after what was published to it before.
    public void end(Id device) {
        of(device).forEach(EventStream::end);
    }

    /// Sends a heartbeat to all.
    public void heartbeat() {
        streams.values().forEach(open -> open.forEach(EventStream::heartbeat));
    }

    /// Ends all streams: the server stops.
    public void endAll() {
        listening().forEach(this::end);
    }

    /// The devices that listen now.
    public Set<Id> listening() {
        return Set.copyOf(streams.keySet());
    }

    private Set<EventStream> of(Id device) {
        return streams.getOrDefault(device, Set.of());
    }
}
