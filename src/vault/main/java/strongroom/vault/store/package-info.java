/// The encrypted store: chunks, sealed catalogue, the log of each vault, and the exchange through which the agent
/// moves ciphertext. It is given its keys and never fetches one. Depends on `crypto`, `home` and `protocol`.
/// Start with {@link strongroom.vault.store.Exchange} for the agent's side.
package strongroom.vault.store;
