package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// An authorisation as the TPM knows it, and what it says when a wrong one was shown.
final class AuthValue {
    /// The longest one, in bytes: as long as the digest of the object's name.
    static final int LIMIT = 32;

    private AuthValue() {}

    /// The TPM drops zero bytes at the end of an authorisation (Part 1 §17.6.4.3); both sides must compute alike.
    static SecretBytes of(SecretBytes authorisation) {
        return authorisation.<SecretBytes, RuntimeException>use(bytes -> {
            int size = bytes.length;
            while (size > 0 && bytes[size - 1] == 0) {
                size--;
            }
            return SecretBytes.ofAndZero(Arrays.copyOf(bytes, size));
        });
    }

    /// Says for the user that the TPM counted a wrong one, or counts no more for a while.
    ///
    /// @throws TpmRefusal the same, if it is about something else
    static SealException refused(Tpm tpm, TpmRefusal refusal) throws IOException, TpmRefusal {
        switch (refusal.reason()) {
            case AUTH_FAIL, BAD_AUTH -> {
                return new SealException(Why.WRONG_AUTHORISATION, "The TPM refused the authorisation.", refusal);
            }
            case LOCKOUT -> {
                Duration pause = LockoutState.of(tpm).pause();
                return new SealException(Why.PAUSED, "Too many wrong entries: the TPM pauses.", pause, refusal);
            }
            default -> throw refusal;
        }
    }
}
