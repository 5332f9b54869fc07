/// The one door to the core for the window and the command line: coarse calls, plain data, no keys.
/// Depends on everything below it. Start with {@link strongroom.vault.client.VaultClient}.
package strongroom.vault.client;
