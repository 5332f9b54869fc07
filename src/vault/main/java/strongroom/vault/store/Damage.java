package strongroom.vault.store;

/// Something in the store that is not as it was written.
///
/// @param what the id of it, or its path
/// @param sentence what is wrong with it and what that means
public record Damage(String what, String sentence) {}
