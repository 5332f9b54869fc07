package strongroom.vault.client;

import java.io.IOException;
import java.util.Locale;
import strongroom.vault.agent.AgentException;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;
import strongroom.vault.slot.ShareException;
import strongroom.vault.store.StoreException;

/// Turns the refusals of the packages below into the ones that users know: the only place where that is done.
final class Sentences {
    private Sentences() {}

    static ClientException of(StoreException e) {
        return new ClientException(problem(e.why()), sentence(e), e);
    }

    static Problem problem(StoreException.Why why) {
        return switch (why) {
            case NOT_FOUND -> Problem.NOT_FOUND;
            case NAME_REFUSED -> Problem.NAME_REFUSED;
            case DAMAGED -> Problem.STORE_DAMAGED;
            case NOT_LOCAL -> Problem.OFFLINE;
            case DISK_FULL -> Problem.DISK_FULL;
            case SOURCE_UNREADABLE -> Problem.SOURCE_UNREADABLE;
            case CONTRADICTION -> Problem.SERVER_CONTRADICTS;
            case CANCELLED -> Problem.CANCELLED;
            case CLOSED -> Problem.LOCKED;
            case IO -> Problem.IO;
        };
    }

    static ClientException of(AgentException e) {
        Problem problem =
                switch (e.why()) {
                    case AGENT_MISSING -> Problem.AGENT_MISSING;
                    case NOT_ENROLLED -> Problem.NOT_ENROLLED;
                    case ALREADY_ENROLLED -> Problem.ALREADY_ENROLLED;
                    case CODE_WRONG -> Problem.CODE_WRONG;
                    case CODE_USED -> Problem.CODE_USED;
                    case CODE_EXPIRED -> Problem.CODE_EXPIRED;
                    case OFFLINE -> Problem.OFFLINE;
                    case CHANNEL_DENIED -> Problem.CHANNEL_DENIED;
                    case DEVICE_REFUSED, REFUSED -> Problem.DEVICE_REFUSED;
                    case SERVER_CONTRADICTS -> Problem.SERVER_CONTRADICTS;
                    case SEAL_ABSENT -> Problem.TPM_MISSING;
                    case SEAL_LOCKED -> Problem.KEYSTORE_LOCKED;
                    case SEAL_BROKEN -> Problem.SEAL_BROKEN;
                    case WIPED -> Problem.WIPED;
                    case IO -> Problem.IO;
                };
        return new ClientException(problem, sentence(e), e);
    }

    /// @param kind whose refusal it is: an absent TPM and an absent keystore need different help
    static ClientException of(SealException e, SealKind kind) {
        return new ClientException(problem(e, kind), sentence(e), e);
    }

    static Problem problem(SealException e, SealKind kind) {
        return switch (e.why()) {
            case ABSENT, NOT_PERMITTED, ELSEWHERE ->
                kind == SealKind.KEYSTORE ? Problem.KEYSTORE_MISSING : Problem.TPM_MISSING;
            case LOCKED -> Problem.KEYSTORE_LOCKED;
            case WRONG_AUTHORISATION -> Problem.WRONG_PIN;
            case PAUSED -> Problem.TOO_MANY_TRIES;
            case FOREIGN, OTHER_START -> Problem.SEAL_LOST;
            case DAMAGED, INTERPOSED -> Problem.SEAL_BROKEN;
            case LEASE_OVER, LEASE_INVALID -> Problem.OFFLINE;
            case FAILED -> Problem.IO;
        };
    }

    static Problem problem(ShareException e) {
        return switch (e.why()) {
            case UNREACHABLE, LEASE_OVER -> Problem.OFFLINE;
            case PAUSED -> Problem.TOO_MANY_TRIES;
            case REFUSED -> Problem.DEVICE_REFUSED;
            case GONE -> Problem.SEAL_BROKEN;
            case UNTRUE -> Problem.SERVER_CONTRADICTS;
        };
    }

    /// @param doing what was tried, as it fits behind "could not"
    static ClientException io(String doing, IOException e) {
        String said = String.valueOf(e.getMessage());
        if (said.toLowerCase(Locale.ROOT).contains("no space left")) {
            return new ClientException(
                    Problem.DISK_FULL,
                    "The disk is full, so Strongroom could not " + doing + ". Free some space and try again.",
                    e);
        }
        return new ClientException(Problem.IO, "Strongroom could not " + doing + " (" + said + ").", e);
    }

    static ClientException locked() {
        return new ClientException(Problem.LOCKED, "The vault is locked. Unlock it and try again.");
    }

    static String sentence(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
