package strongroom.server.http;

import strongroom.protocol.Wire;
import strongroom.server.device.Device;

/// What a route answers when it does not refuse.
public sealed interface Answer {
    /// 204.
    record Nothing() implements Answer {}

    /// 200 with a body. The array belongs to the answer.
    record Body(String type, byte[] bytes) implements Answer {}

    /// 200 and a stream of events that stays open.
    record Events(Device listener) implements Answer {}

    /// 204.
    static Answer nothing() {
        return new Nothing();
    }

    /// 200 with canonical bytes.
    static Answer canonical(byte[] bytes) {
        return new Body(Wire.MEDIA_TYPE, bytes);
    }
}
