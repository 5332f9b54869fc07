package strongroom.vault.rollback;

import strongroom.vault.store.KeptCounter.Finding;

/// How the folder stands, by the counter in the machine.
public sealed interface Standing {
    /// Nobody could say: this machine has no such counter, or did not answer.
    record NotChecked() implements Standing {}

    /// As it was left.
    record AsLeft() implements Standing {}

    /// Something was found, now or before, and nobody has taken note of it yet.
    record Found(Finding finding) implements Standing {}
}
