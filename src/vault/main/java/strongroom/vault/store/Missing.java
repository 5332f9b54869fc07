package strongroom.vault.store;

/// What of some documents is not on this device.
///
/// @param chunks in how many parts, as far as known: a long document's are known once its list is here
/// @param bytes how long they are together
public record Missing(long chunks, long bytes) {}
