package strongroom.vault.slot;

import java.util.List;

/// What was typed is no recovery code. The message is one sentence for the user; it says where to look and
/// repeats nothing of what was typed.
public final class MistypedCodeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Integer> groups;

    /// @param groups which groups are mistyped, from 1; empty if that cannot be said
    MistypedCodeException(String sentence, List<Integer> groups) {
        super(sentence);
        this.groups = List.copyOf(groups);
    }

    /// Which groups are mistyped, from 1; empty if that cannot be said.
    public List<Integer> groups() {
        return groups;
    }
}
