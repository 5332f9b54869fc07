package strongroom.vault.seal.tpm;

/// The TPM answered with an error (Part 2 §6.6). Carries its number; whoever asked knows what it means there.
final class TpmRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    /// What it may mean here, without the number of the handle, parameter or session it is about.
    enum Reason {
        AUTH_FAIL(0x08e),
        AUTH_UNAVAILABLE(0x12f),
        BAD_AUTH(0x0a2),
        HANDLE(0x08b),
        INTEGRITY(0x09f),
        POLICY_FAIL(0x09d),
        HIERARCHY(0x085),
        NV_AUTHORIZATION(0x149),
        NV_DEFINED(0x14c),
        NV_UNINITIALIZED(0x14a),
        NV_SPACE(0x14b),
        OBJECT_MEMORY(0x902),
        SESSION_MEMORY(0x903),
        OBJECT_HANDLES(0x906),
        SESSION_HANDLES(0x905),
        LOCKOUT(0x921),
        POLICY(0x126),
        PCR_CHANGED(0x128),
        OTHER(-1);

        private final int code;

        Reason(int code) {
            this.code = code;
        }
    }

    private final int code;

    TpmRefusal(int command, int code) {
        super("TPM command %x answered %x".formatted(command, code));
        this.code = code;
    }

    Reason reason() {
        // "Format one" carries the number of a handle, parameter or session in bits 6 and 8 to 11.
        int base = (code & 0x80) != 0 ? code & 0xbf : code;
        for (Reason reason : Reason.values()) {
            if (reason.code == base) {
                return reason;
            }
        }
        return Reason.OTHER;
    }

    boolean isOutOfRoom() {
        return switch (reason()) {
            case OBJECT_MEMORY, SESSION_MEMORY, OBJECT_HANDLES, SESSION_HANDLES -> true;
            default -> false;
        };
    }

    /// RETRY, YIELDED, TESTING: to be sent again as it was. RETRY comes at the first use of an authorisation that
    /// counts after each start of the TPM.
    static boolean saysAgain(int code) {
        return code == 0x922 || code == 0x908 || code == 0x90a;
    }
}
