package strongroom.vault.seal.windows;

import java.util.HexFormat;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// A function of ncrypt.dll gave a status that says no: one of its own, of the TPM's services or of the TPM
/// itself.
final class NcryptRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    NcryptRefusal(String function, int status) {
        super(function + ": 0x" + HexFormat.of().toHexDigits(status));
        this.status = status;
    }

    /// What the status means to whoever seals, by the names in winerror.h.
    SealException translate() {
        return switch (status) {
            case 0x80090010, // NTE_PERM, seen for a wrong usage authorisation
                    0x80090022, // NTE_SILENT_CONTEXT: it would ask in a window of its own
                    0x80280001, // TPM_E_AUTHFAIL
                    0x8028008e, // TPM_20_E_AUTH_FAIL
                    0x802800a2, // TPM_20_E_BAD_AUTH
                    0x80290408 -> // TPM_E_PCP_AUTHENTICATION_FAILED
                new SealException(Why.WRONG_AUTHORISATION, "The TPM refused the authorisation.", this);
            case 0x80280803, // TPM_E_DEFEND_LOCK_RUNNING
                    0x80290409, // TPM_E_PCP_AUTHENTICATION_IGNORED
                    0x8029041b, // TPM_E_LOCKED_OUT
                    0x80280921 -> // TPM_20_E_LOCKOUT
                new SealException(Why.PAUSED, "Too many wrong entries: the TPM pauses.", this);
            case 0x80090005, // NTE_BAD_DATA: another key has that name
                    0x8009000d, // NTE_NO_KEY
                    0x80090011, // NTE_NOT_FOUND
                    0x80090016, // NTE_BAD_KEYSET
                    0x8028009f -> // TPM_20_E_INTEGRITY: the TPM was cleared, or is another one
                new SealException(Why.FOREIGN, "This machine's TPM has no key for this store any more.", this);
            case 0x80090013, // NTE_BAD_PROVIDER
                    0x8009001d, // NTE_PROVIDER_DLL_FAIL
                    0x80090030, // NTE_DEVICE_NOT_READY
                    0x80090035, // NTE_DEVICE_NOT_FOUND
                    0x80284008, // TBS_E_SERVICE_NOT_RUNNING
                    0x8028400f, // TBS_E_TPM_NOT_FOUND
                    0x80284010, // TBS_E_SERVICE_DISABLED
                    0x80290401 -> // TPM_E_PCP_DEVICE_NOT_READY
                new SealException(Why.ABSENT, "Windows reaches no TPM on this machine.", this);
            case 0x80070005, // E_ACCESSDENIED
                    0x80280400 -> // TPM_E_COMMAND_BLOCKED
                new SealException(Why.NOT_PERMITTED, "Windows does not let this account use the TPM.", this);
            default -> new SealException(Why.FAILED, "Windows' TPM provider refused (" + getMessage() + ").", this);
        };
    }
}
