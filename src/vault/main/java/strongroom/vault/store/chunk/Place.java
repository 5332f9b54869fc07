package strongroom.vault.store.chunk;

/// Where a chunk lies.
///
/// @param pack the file @param position of the ciphertext in it, in bytes @param length of the ciphertext
public record Place(Pack pack, long position, int length) {}
