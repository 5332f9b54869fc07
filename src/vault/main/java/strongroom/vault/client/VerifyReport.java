package strongroom.vault.client;

import java.util.List;

/// What `verify` found.
///
/// @param documents how many were checked
/// @param chunks how many were read and authenticated
/// @param damages empty if everything is well
public record VerifyReport(long documents, long chunks, List<Damage> damages) {
    /// @param what an id or a document's path @param sentence what is damaged and what it means
    public record Damage(String what, String sentence) {}

    /// Whether nothing is damaged.
    public boolean clean() {
        return damages.isEmpty();
    }
}
