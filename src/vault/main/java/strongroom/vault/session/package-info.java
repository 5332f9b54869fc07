/// When the vault is open and when it closes: the state machine and its rules, without a pixel and without a key.
/// Depends on nothing above it. Start with {@link strongroom.vault.session.LockMachine}.
package strongroom.vault.session;
