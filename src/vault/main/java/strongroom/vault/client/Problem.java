package strongroom.vault.client;

/// Everything that can go wrong for a user, each told apart from the others; with the exit code of the command
/// line. Codes are stable and documented in `docs/command-line.md`.
public enum Problem {
    /// The command line was not understood (same as picocli's own code).
    USAGE(2),
    /// This client has no identity yet.
    NOT_ENROLLED(3),
    /// The vault is locked.
    LOCKED(4),
    /// The PIN was wrong; a try was counted.
    WRONG_PIN(5),
    /// No try is left for now; the hardware or the client refuses until some time has passed.
    TOO_MANY_TRIES(6),
    /// The TPM named at enrolment does not answer, or there is none for what was asked.
    TPM_MISSING(7),
    /// What the machine sealed is damaged, or something stands between it and this program.
    SEAL_BROKEN(8),
    /// The OS keystore is there and locked.
    KEYSTORE_LOCKED(9),
    /// The OS keystore that has the key does not answer or lets nobody in, or another one answers in its place.
    KEYSTORE_MISSING(10),
    /// The code is mistyped or unknown to the server.
    CODE_WRONG(11),
    /// The code was used already.
    CODE_USED(12),
    /// The code is past its date.
    CODE_EXPIRED(13),
    /// The server cannot be reached.
    OFFLINE(14),
    /// Something else answers in the server's place: the channel is refused.
    CHANNEL_DENIED(15),
    /// The server knows this device and refuses it (suspended, revoked).
    DEVICE_REFUSED(16),
    /// The server showed a history that contradicts what was seen before.
    SERVER_CONTRADICTS(17),
    /// The device was wiped, by an order or by the rule for wrong PINs.
    WIPED(18),
    /// The device is frozen by an order.
    FROZEN(19),
    /// The disk is full.
    DISK_FULL(20),
    /// A file of the user's cannot be read, or is gone.
    SOURCE_UNREADABLE(21),
    /// No such document or folder.
    NOT_FOUND(22),
    /// The name is taken or not allowed.
    NAME_REFUSED(23),
    /// Another program of ours has this home open.
    HOME_IN_USE(24),
    /// The store is damaged; `verify` tells where.
    STORE_DAMAGED(25),
    /// The background agent does not answer.
    AGENT_MISSING(26),
    /// The keys have not come yet: another device of the same person must approve this one.
    WAITING_FOR_APPROVAL(27),
    /// The PIN does not satisfy the rules.
    PIN_REFUSED(28),
    /// The user ended it.
    CANCELLED(29),
    /// The client is enrolled already.
    ALREADY_ENROLLED(30),
    /// Reading or writing failed for another reason.
    IO(31),
    /// Something that was destroyed, or was never to lie there in clear, is still found in the store's files.
    RESIDUE(32),
    /// The machine does not give out any more what it sealed: cleared, another one, deleted, started in another way.
    /// A recovery code opens.
    SEAL_LOST(33),
    /// There is no recovery code for this device, or none may be.
    NO_RECOVERY(34),
    /// The PIN is right and too old or too short by the organisation's rule: another one must be chosen first.
    NEW_PIN_NEEDED(35),
    /// The organisation wants the PIN again before this; it was shown too long ago.
    PIN_NEEDED(36);

    private final int exitCode;

    Problem(int exitCode) {
        this.exitCode = exitCode;
    }

    /// The exit code of the command line for it.
    public int exitCode() {
        return exitCode;
    }
}
