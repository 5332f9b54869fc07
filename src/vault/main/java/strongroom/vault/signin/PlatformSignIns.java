package strongroom.vault.signin;

import strongroom.vault.platform.OperatingSystem;

/// Finds the sign-in of this system.
public final class PlatformSignIns {
    private PlatformSignIns() {}

    /// @param window on Windows the handle of the window that asks, elsewhere nothing
    /// @param prompt on Linux what asks for the password, elsewhere not called
    public static PlatformSignIn forThisSystem(long window, PasswordPrompt prompt) {
        return switch (OperatingSystem.current()) {
            case WINDOWS -> new Fallback(new WindowsHello(window), new WindowsPassword(window));
            case MAC -> new TouchId();
            case LINUX, OTHER -> new PamSignIn(prompt);
        };
    }
}
