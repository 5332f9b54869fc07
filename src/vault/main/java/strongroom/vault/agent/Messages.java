package strongroom.vault.agent;

import java.net.URI;
import java.net.URISyntaxException;
import strongroom.protocol.Id;
import strongroom.protocol.Organisation;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.agent.AgentStatus.Standing;
import strongroom.vault.sync.SyncStatus;
import strongroom.vault.wipe.WipedNotice;

/// The bytes of what crosses the local socket. Both ends are of the same installation, so there are no versions;
/// sizes are limited all the same.
final class Messages {
    /// First byte of what the agent sends: an answer, a refusal, an event.
    static final int ANSWER = 0;

    static final int REFUSAL = 1;
    static final int EVENT = 2;

    static final int TEXT_LIMIT = 4096;
    static final int BODY_LIMIT = Frames.LIMIT - 64;

    private Messages() {}

    static void write(CanonicalWriter out, AgentStatus status) {
        out.text(status.standing().name());
        switch (status.sync()) {
            case SyncStatus.Unknown unknown -> out.uint8(0);
            case SyncStatus.UpToDate level -> out.uint8(1).instant(level.since());
            case SyncStatus.Syncing busy -> out.uint8(2).uint32(busy.chunksUp()).uint32(busy.chunksDown());
            case SyncStatus.Offline off ->
                out.uint8(3).uint32(off.pending()).bool(off.refused()).text(off.why());
            case SyncStatus.Denied denied ->
                out.uint8(4).bool(denied.contradiction()).text(denied.why());
        }
    }

    static AgentStatus status(CanonicalReader in) throws MalformedException {
        Standing standing = named(Standing.values(), in);
        SyncStatus sync =
                switch (in.uint8()) {
                    case 0 -> new SyncStatus.Unknown();
                    case 1 -> new SyncStatus.UpToDate(in.instant());
                    case 2 -> new SyncStatus.Syncing(in.uint32(Integer.MAX_VALUE), in.uint32(Integer.MAX_VALUE));
                    case 3 -> new SyncStatus.Offline(in.uint32(Integer.MAX_VALUE), in.bool(), in.text(TEXT_LIMIT));
                    case 4 -> new SyncStatus.Denied(in.bool(), in.text(TEXT_LIMIT));
                    default -> throw new MalformedException("unknown status");
                };
        return new AgentStatus(standing, sync);
    }

    static byte[] event(AgentEvent event) {
        CanonicalWriter out = new CanonicalWriter().uint8(EVENT);
        switch (event) {
            case AgentEvent.SyncChanged sync -> write(out.uint8(1), sync.status());
            case AgentEvent.InboxChanged inbox -> inbox.vault().write(out.uint8(2));
            case AgentEvent.DevicesChanged devices -> out.uint8(3);
            case AgentEvent.WipeStarted wipe -> out.uint8(4).bytes(wipe.notice().toByteArray());
            case AgentEvent.Wiped wiped -> out.uint8(5).bytes(wiped.notice().toByteArray());
            case AgentEvent.Frozen frozen ->
                out.uint8(6).text(frozen.orderedBy()).text(frozen.reason());
            case AgentEvent.Thawed thawed -> out.uint8(7);
            case AgentEvent.LockAsked lock -> out.uint8(9);
            case AgentEvent.Connected link -> out.uint8(8).bool(link.connected());
        }
        return out.toByteArray();
    }

    /// Reads an event behind its first byte.
    static AgentEvent event(CanonicalReader in) throws MalformedException {
        AgentEvent event =
                switch (in.uint8()) {
                    case 1 -> new AgentEvent.SyncChanged(status(in));
                    case 2 -> new AgentEvent.InboxChanged(Id.read(in));
                    case 3 -> new AgentEvent.DevicesChanged();
                    case 4 -> new AgentEvent.WipeStarted(WipedNotice.of(in.bytes(TEXT_LIMIT)));
                    case 5 -> new AgentEvent.Wiped(WipedNotice.of(in.bytes(TEXT_LIMIT)));
                    case 6 -> new AgentEvent.Frozen(in.text(TEXT_LIMIT), in.text(TEXT_LIMIT));
                    case 7 -> new AgentEvent.Thawed();
                    case 8 -> new AgentEvent.Connected(in.bool());
                    case 9 -> new AgentEvent.LockAsked();
                    default -> throw new MalformedException("unknown event");
                };
        in.end();
        return event;
    }

    static byte[] refusal(long request, AgentException refusal) {
        return new CanonicalWriter()
                .uint8(REFUSAL)
                .int64(request)
                .text(refusal.why().name())
                .text(String.valueOf(refusal.getMessage()))
                .toByteArray();
    }

    static AgentException refusal(CanonicalReader in) throws MalformedException {
        AgentException.Why why = named(AgentException.Why.values(), in);
        AgentException refusal = new AgentException(why, in.text(TEXT_LIMIT));
        in.end();
        return refusal;
    }

    /// By its name, so that agent and window of two versions never take one for another.
    private static <E extends Enum<E>> E named(E[] values, CanonicalReader in) throws MalformedException {
        String name = in.text(TEXT_LIMIT);
        for (E value : values) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw new MalformedException("unknown name");
    }

    static URI server(CanonicalReader in) throws MalformedException {
        try {
            return new URI(in.text(TEXT_LIMIT));
        } catch (URISyntaxException e) {
            throw new MalformedException("not an address", e);
        }
    }

    static Organisation organisation(CanonicalReader in) throws MalformedException {
        return Organisation.of(in.bytes(BODY_LIMIT));
    }
}
