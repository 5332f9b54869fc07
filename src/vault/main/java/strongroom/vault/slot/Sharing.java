package strongroom.vault.slot;

/// Has the server take part in a slot that is made.
///
/// @param source of its share @param policy number of the policy that wants it
public record Sharing(ShareSource source, long policy) {}
