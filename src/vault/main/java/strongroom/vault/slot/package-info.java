/// The key slots: wrapped copies of the store's root key, each opened by its own way. Joins `seal` (the machine's
/// part) with the PIN's part; knows nothing of the store. Start with {@link strongroom.vault.slot.PinSlot}.
package strongroom.vault.slot;
