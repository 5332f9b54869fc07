package strongroom.vault.agent;

import strongroom.protocol.codec.MalformedException;

/// What can be asked of the agent; the number stands in the messages.
enum Operation {
    STATUS(1),
    SYNC(2),
    CHANGED(3),
    INSPECT(4),
    PREPARE(5),
    COMPLETE(6),
    DEVICES(7),
    PUT_GRANT(8),
    GRANT(9),
    CREATE_VAULT(10),
    IDENTITY(11),
    WIPE_HEARD(12),
    SHUTDOWN(13),
    LOCK_WINDOW(14),
    REGISTER_SHARE(15),
    EVALUATE_SHARE(16),
    CONFIRM_SHARE(17),
    RECOVERY(19),
    PUT_RECOVERY_GRANT(20),
    RESUME_WIPE(21);

    private final int code;

    Operation(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Operation of(int code) throws MalformedException {
        for (Operation operation : values()) {
            if (operation.code == code) {
                return operation;
            }
        }
        throw new MalformedException("unknown operation");
    }
}
