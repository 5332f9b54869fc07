package strongroom.vault.signin;

import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.SecretBytes;

/// Where PAM's question for a password is shown: Linux has no window of its own for it.
@FunctionalInterface
public interface PasswordPrompt {
    /// Asks the person. Called on the thread of {@link PlatformSignIn#ask}, perhaps more than once.
    ///
    /// @return the password in UTF-8, closed by the caller; null if the person does not want to
    @Nullable
    SecretBytes password(String reason);
}
