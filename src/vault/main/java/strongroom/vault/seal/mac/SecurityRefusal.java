package strongroom.vault.seal.mac;

import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// A function of the Security framework gave an error in place of a result: a CFError, of a domain and with a
/// number.
final class SecurityRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String domain;
    private final long code;

    SecurityRefusal(String function, String domain, long code) {
        super(function + ": " + domain + " " + code);
        this.domain = domain;
        this.code = code;
    }

    /// What the error means to whoever seals.
    SealException translate() {
        return switch (domain) {
            case "NSOSStatusErrorDomain" -> ofSecurity();
            case "CryptoTokenKit" -> ofToken();
            default -> failed();
        };
    }

    /// By the names in SecBase.h.
    private SealException ofSecurity() {
        return switch ((int) code) {
            case -34018 -> // errSecMissingEntitlement
                new SealException(
                        Why.NOT_PERMITTED,
                        "macOS does not let this program use the Secure Enclave. Install Strongroom from its signed package.",
                        this);
            case -25293 -> // errSecAuthFailed
                new SealException(Why.NOT_PERMITTED, "The Secure Enclave refused this program.", this);
            case -25308 -> // errSecInteractionNotAllowed
                new SealException(Why.LOCKED, "This Mac is locked. Unlock it and try again.", this);
            case -25300, // errSecItemNotFound
                    -26275, // errSecDecode
                    -50 -> // errSecParam, also for what another key encrypted
                foreign();
            case -4, // errSecUnimplemented
                    -25291 -> // errSecNotAvailable
                absent();
            default -> failed();
        };
    }

    /// By the names in TKError.h.
    private SealException ofToken() {
        return switch ((int) code) {
            case -3, // TKErrorCodeCorruptedData: wrapped by another enclave
                    -6 -> // TKErrorCodeObjectNotFound
                foreign();
            case -1, // TKErrorCodeNotImplemented
                    -7 -> // TKErrorCodeTokenNotFound
                absent();
            default -> failed();
        };
    }

    private SealException foreign() {
        return new SealException(Why.FOREIGN, "This Mac's Secure Enclave does not know the key of this store.", this);
    }

    private SealException absent() {
        return new SealException(Why.ABSENT, "This Mac has no Secure Enclave.", this);
    }

    private SealException failed() {
        return new SealException(Why.FAILED, "The Secure Enclave refused (" + getMessage() + ").", this);
    }
}
