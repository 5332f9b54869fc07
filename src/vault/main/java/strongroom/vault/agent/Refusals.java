package strongroom.vault.agent;

import org.jspecify.annotations.Nullable;
import strongroom.protocol.Refusal;
import strongroom.vault.agent.AgentException.Why;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.seal.SealException;
import strongroom.vault.sync.SyncException;

/// Says what a failure below means to whoever asked the agent. Sentences are passed on; they hold no secret.
final class Refusals {
    private Refusals() {}

    static AgentException of(SyncException e) {
        Why why =
                switch (e.why()) {
                    case OFFLINE -> Why.OFFLINE;
                    case CHANNEL_DENIED -> Why.CHANNEL_DENIED;
                    case DEVICE_REFUSED -> Why.DEVICE_REFUSED;
                    case CONTRADICTS -> Why.SERVER_CONTRADICTS;
                    case STORE -> Why.IO;
                    case REFUSED -> refused(e.refusal());
                };
        return new AgentException(why, String.valueOf(e.getMessage()), e);
    }

    private static Why refused(@Nullable Refusal refusal) {
        if (refusal == null) {
            return Why.REFUSED;
        }
        return switch (refusal) {
            case CODE_UNKNOWN -> Why.CODE_WRONG;
            case CODE_USED -> Why.CODE_USED;
            case CODE_EXPIRED -> Why.CODE_EXPIRED;
            case DEVICE_NOT_ACTIVE -> Why.DEVICE_REFUSED;
            case HEAD_MOVED,
                    CHUNK_MISSING,
                    CHUNK_DIFFERS,
                    NOT_FOUND,
                    MALFORMED,
                    NOT_ADMINISTRATOR,
                    TOO_LARGE,
                    CONFLICT,
                    PAUSED,
                    NO_ROOM -> Why.REFUSED;
        };
    }

    static AgentException of(IdentityException e) {
        Why why =
                switch (e.why()) {
                    case NOT_ENROLLED -> Why.NOT_ENROLLED;
                    case REPLY_REFUSED -> Why.CHANNEL_DENIED;
                    case DAMAGED, IO -> Why.IO;
                };
        return new AgentException(why, String.valueOf(e.getMessage()), e);
    }

    static AgentException of(SealException e) {
        Why why =
                switch (e.why()) {
                    case ABSENT, NOT_PERMITTED, ELSEWHERE -> Why.SEAL_ABSENT;
                    case LOCKED -> Why.SEAL_LOCKED;
                    // The agent opens nothing that is under a lease.
                    case WRONG_AUTHORISATION,
                            PAUSED,
                            FOREIGN,
                            OTHER_START,
                            DAMAGED,
                            INTERPOSED,
                            LEASE_OVER,
                            LEASE_INVALID,
                            FAILED -> Why.SEAL_BROKEN;
                };
        return new AgentException(why, String.valueOf(e.getMessage()), e);
    }
}
