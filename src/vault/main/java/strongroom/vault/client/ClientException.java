package strongroom.vault.client;

/// A call did not do what it was asked to. The message is one sentence or two for the user: what happened, to
/// what, what to do. It may name the user's own files and documents, so it is shown and never logged.
public final class ClientException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Problem problem;

    /// @param sentence for the user
    public ClientException(Problem problem, String sentence) {
        super(sentence);
        this.problem = problem;
    }

    /// @param sentence for the user @param cause for whoever debugs
    public ClientException(Problem problem, String sentence, Throwable cause) {
        super(sentence, cause);
        this.problem = problem;
    }

    /// The sentence.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /// What went wrong, told apart.
    public Problem problem() {
        return problem;
    }
}
