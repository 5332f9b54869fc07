/// Vaults: who is a member, the log of commits and the chunks, all of it ciphertext. Depends on `device`, `db`,
/// `events` and `refusal`. Start with {@link strongroom.server.vaults.CommitLog}.
package strongroom.server.vaults;
