/// The command line of the client, for scripts, tests and administrators: the same door as the window. Depends on
/// `client`. Start with {@link strongroom.vault.cli.Main}.
package strongroom.vault.cli;
