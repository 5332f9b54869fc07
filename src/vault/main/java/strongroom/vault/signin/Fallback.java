package strongroom.vault.signin;

/// One way of a system to recognise somebody, and another where that is not set up or forbidden. A person whom
/// the first did not recognise, or who did not want to answer, is not asked a second time.
final class Fallback implements PlatformSignIn {
    private final PlatformSignIn first;
    private final PlatformSignIn second;

    /// Both are closed with this.
    Fallback(PlatformSignIn first, PlatformSignIn second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public boolean isAvailable() {
        return first.isAvailable() || second.isAvailable();
    }

    @Override
    public Verdict ask(String reason) {
        Verdict verdict = first.ask(reason);
        return verdict == Verdict.UNAVAILABLE ? second.ask(reason) : verdict;
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
