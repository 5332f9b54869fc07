/// Talks to the server: enrolment, orders first, then ciphertext up and down; can read nothing of it. Depends on
/// `protocol`, `identity`, `sync.tls` and the exchange of `store`. Start with
/// {@link strongroom.vault.sync.SyncEngine}.
package strongroom.vault.sync;
