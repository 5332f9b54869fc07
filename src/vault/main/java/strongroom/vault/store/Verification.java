package strongroom.vault.store;

import java.util.List;

/// What a check of the store found.
///
/// @param documents how many were checked @param chunks how many chunk files were looked at
/// @param damages empty if everything is well
public record Verification(long documents, long chunks, List<Damage> damages) {
    /// Copies the list.
    public Verification {
        damages = List.copyOf(damages);
    }
}
