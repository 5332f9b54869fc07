/// The encrypted store: chunks, sealed catalogue, the log of each vault, and the exchange through which the agent
/// moves ciphertext. It is given its keys and never fetches one. Depends on `crypto`, `home` and `protocol`.
/// Start with {@link strongroom.vault.store.VaultStore} for the window, which has the keys, and with
/// {@link strongroom.vault.store.Exchange} for the agent, which has the network.
package strongroom.vault.store;
